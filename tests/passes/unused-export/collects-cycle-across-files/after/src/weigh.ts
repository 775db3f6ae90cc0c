export function weigh(apples: number): number {
  return apples * 150;
}
