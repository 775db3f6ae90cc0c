import * as enums from "./enums.ts";
import { Enumerated, Indexed, Keyed, Passed, type Typed } from "./enums.ts";

export const all = Object.values(Enumerated);
export const one = (key: "A" | "B"): string => Indexed[key];
export const keys: readonly (keyof typeof Keyed)[] = ["A"];
export const schema = register({ enum: Passed });
export const typed: Typed.A | undefined = undefined;
export const spread = { ...enums.Spread };
export const first = [Enumerated.A, Indexed.A, Keyed.A, Passed.A, enums.Spread.A];

function register(value: object): object {
  return value;
}
