import { basket } from "./basket.ts";

const totalOf = <Fruit extends { cents: number }>(fruits: readonly Fruit[]): number => {
  let total = 0;
  for (const { cents } of fruits) total += cents;
  return total;
};

export const bill = (fruits: typeof basket) => totalOf(fruits) + totalOf(basket);
