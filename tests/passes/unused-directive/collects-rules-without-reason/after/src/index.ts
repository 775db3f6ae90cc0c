/* eslint-disable no-console */

/** Weighs a fruit. */
export function weigh(fruit: { grams: number } | undefined): number {
  return fruit?.grams ?? 0;
}

export function label(fruit: unknown): string {
  console.log(fruit);
  const text = String(fruit);

  return text;
}
