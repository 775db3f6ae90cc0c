/* eslint-disable no-console, @typescript-eslint/no-explicit-any */

/** Weighs a fruit. */
// eslint-disable-next-line @typescript-eslint/no-non-null-assertion -- it was sure once
export function weigh(fruit: { grams: number } | undefined): number {
  return fruit?.grams ?? 0;
}

export function label(fruit: unknown): string {
  // eslint-disable-next-line no-console, no-debugger
  console.log(fruit);
  const text = String(fruit); // eslint-disable-line no-var
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return

  return text;
}
