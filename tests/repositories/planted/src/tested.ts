/** Only its test calls it. */
export function onlyTested(value: number): number {
  return value * 3;
}
