import type { Pear } from "./fruits.ts";

export const orchard = "orchard";
