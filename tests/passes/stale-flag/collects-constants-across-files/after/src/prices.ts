export function oldPrice(grams: number): number {
  return grams;
}

export function newPrice(grams: number): number {
  return grams * 2;
}
