export function weigh(grams: number): number {
  // Ripe fruit comes first once the scale can tell.
  // const isRipe =
  //   grams > 100;
  const isRipe = false;
  if (isRipe) return grams * 2;
  return grams;
}
