import { sellPear } from "./pear.ts";
import { sellApple } from "./apple.ts";
import type { FruitCrate } from "./types.ts";

export const stack = (): readonly FruitCrate[] => [sellPear(), sellApple()];
