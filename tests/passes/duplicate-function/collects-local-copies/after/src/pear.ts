import { crate } from "./crate.ts";
import { priceTag } from "./apple.ts";

export function sellPear(): string {
  return priceTag(crate("pear"), 180);
}
