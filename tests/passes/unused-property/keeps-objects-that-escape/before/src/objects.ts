export const indexed = { a: "a", b: "b" };
export const listed = { a: "a", b: "b" };
export const passed = { a: "a", b: "b" };
export const rested = { a: "a", b: "b" };
export const spread = { a: "a", b: "b" };
export const typed = { a: "a", b: "b" };
export const through = { a: "a", b: "b" };
