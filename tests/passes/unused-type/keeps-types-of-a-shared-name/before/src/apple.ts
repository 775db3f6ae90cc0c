export const Apple = { name: "apple" };
export type Apple = { readonly name: string };
