import type { Apple, Basket, Crate, Id, Key, Names, Pear, Plum, Season, Shape, Stone } from "./types.ts";
import { Fruit } from "./types.ts";

export const apple = { name: "apple" } satisfies Apple;
export const pear = {} as Pear;
export const plum = <Plum>{};
export class Store implements Basket {
  declare readonly crate: Crate;
  has(value: unknown): value is Stone {
    return value !== null;
  }
}
export const pick = <Value extends Shape = Shape>(value: Value): Value => value;
export const map = new Map<Id, string>();
export type Flags = { readonly [Name in Names]?: boolean };
export type Label = `fruit-${Key}`;
export const by: Record<keyof typeof Fruit, Season> = { Apple: "spring" };
