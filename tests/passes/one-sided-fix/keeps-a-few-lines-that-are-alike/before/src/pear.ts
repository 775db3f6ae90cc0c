export function sellPear(baskets: readonly number[]): number {
  const full = baskets.filter((grams) => grams > 0);
  const heaviest = Math.max(...full);
  const price = heaviest * 4;
  const rounded = Math.round(price);
  return rounded;
}
