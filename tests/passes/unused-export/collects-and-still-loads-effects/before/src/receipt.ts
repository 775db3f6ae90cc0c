export type Receipt = { readonly number: number };
