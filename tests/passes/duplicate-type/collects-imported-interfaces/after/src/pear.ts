import type { FruitCrate } from "./types.ts";

export const sellPear = (): FruitCrate => ({ fruit: "pear", grams: 1 });
