export const totalOf = <Fruit extends { cents: number }>(fruits: readonly Fruit[]): number => {
  let total = 0;
  for (const { cents } of fruits) total += cents;
  return total;
};

export const basket = [{ cents: 120 }];

export const weigh = (fruits: typeof basket) => totalOf(fruits);
