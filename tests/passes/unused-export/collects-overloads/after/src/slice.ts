/** Slices a fruit. */
export function slice(fruit: string): string {
  return fruit;
}
