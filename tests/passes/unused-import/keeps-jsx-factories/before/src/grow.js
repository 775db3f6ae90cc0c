export const grow = (...parts) => parts;
export const Row = "row";
