import { Apple, Pear, Plum, Fig, Grape, Cherry, Date as Dried, key } from "./fruits.ts";
import * as nuts from "./nuts.ts";

export type Basket = Apple | typeof Pear;
export interface Crate extends Plum {}
export class Tree<Leaf extends Fig> implements Grape {
  declare readonly cherry: Cherry;
  readonly leaf?: Leaf;
}
export const is = (value: unknown): value is Dried => value === null;
export const nut = (hazel: nuts.Hazel): unknown => hazel;
export type Keys = { readonly [Name in typeof key]: Name };
