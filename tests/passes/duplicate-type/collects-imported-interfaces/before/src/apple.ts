import type { FruitCrate } from "./types.ts";

export const sellApple = (): FruitCrate => ({ fruit: "apple", grams: 1 });
