import { round } from "./round.ts";

/** What a fruit costs. */
export function price(fruit: string): number {
  return round(fruit.length);
}
