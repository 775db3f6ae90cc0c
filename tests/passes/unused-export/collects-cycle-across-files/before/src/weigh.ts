import { countLoosely } from "./count.ts";

export function weigh(apples: number): number {
  return apples * 150;
}

/** Guesses the weight. */
export function weighLoosely(apples: number): number {
  return apples === 0 ? 0 : countLoosely(apples - 1);
}
