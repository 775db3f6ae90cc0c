export function price(grams: number): number {
  return grams * 2;
}
