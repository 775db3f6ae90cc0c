export type Apple = { readonly skin: string };
export type Core = { readonly seeds: number };

export const peel = (apple: Apple) => apple.skin;
