export type Apple = { readonly skin: string };

export interface Core {
  readonly seeds: number;
}

export enum Size {
  Small,
}
