export type Apple = { readonly name: string };
export interface Pear {
  readonly name?: string;
}
export type Plum = object;
export interface Basket {
  readonly crate: Crate;
}
export type Crate = string;
export type Stone = { readonly hard: true };
export type Shape = "round" | "long";
export type Id = number;
export type Names = "a" | "b";
export type Key = "k";
export type Season = "spring";
export enum Fruit {
  Apple,
}
