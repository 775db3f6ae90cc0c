export type Seed = { readonly size: number };
