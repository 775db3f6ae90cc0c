export function sellApple(baskets: readonly number[]): number {
  const opened = baskets.filter((grams) => grams > 0);
  const heaviest = Math.max(...opened);
  const price = heaviest * 3;
  const rounded = Math.round(price);
  return rounded;
}
