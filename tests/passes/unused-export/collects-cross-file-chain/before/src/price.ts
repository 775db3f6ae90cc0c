import { round, truncate } from "./round.ts";

/** What a fruit costs. */
export function price(fruit: string): number {
  return round(fruit.length);
}

/** What a fruit used to cost. */
export function oldPrice(fruit: string): number {
  return truncate(fruit.length);
}
