import { sellApple } from "./apple.ts";
import { sellPear } from "./pear.ts";

export const sell = (baskets: readonly number[]) => sellApple(baskets) + sellPear(baskets);
