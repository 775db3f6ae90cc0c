import { type Apple, colour } from "./types.ts";
import type { Fig } from "./more.ts";
import type * as nuts from "./nuts.ts";

export type Basket = { readonly apple: Apple; readonly fig: Fig; readonly nut: nuts.Hazel };

export const red: Apple["name"] = colour;
