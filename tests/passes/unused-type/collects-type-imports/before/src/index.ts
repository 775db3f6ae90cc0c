import { type Apple, type Pear, colour } from "./types.ts";
import type { Plum, Fig } from "./more.ts";
import type * as nuts from "./nuts.ts";

export type Basket = { readonly apple: Apple; readonly fig: Fig; readonly nut: nuts.Hazel };

export const red: Apple["name"] = colour;

type Crate = { readonly pear: Pear; readonly plum: Plum };
