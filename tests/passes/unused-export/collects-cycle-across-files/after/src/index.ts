import { weigh } from "./weigh.ts";
import { count } from "./count.ts";

export function basket(apples: number): number {
  return weigh(apples) + count(apples);
}
