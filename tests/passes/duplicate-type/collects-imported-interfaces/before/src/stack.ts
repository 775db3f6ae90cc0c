import { sellPear, type FruitCrate } from "./pear.ts";
import { sellApple } from "./apple.ts";

export const stack = (): readonly FruitCrate[] => [sellPear(), sellApple()];
