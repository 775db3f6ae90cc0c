import { oldPrice, newPrice } from "./prices.js";
import { isSale, MODE } from "./settings.js";

const LEGACY = false;

export function price(grams: number): number {
  if (isSale) {
    return oldPrice(grams);
  }
  if (!LEGACY) {
    // As today.
    const cents = newPrice(grams);
    const text = `price
    ${cents}`;
    console.log(text);
  } else {
    console.log("old");
  }
  if (grams > 5) {
    console.log("heavy");
  } else if (LEGACY) {
    console.log("legacy");
  }
  if (!isSale && grams > 2) console.log("no sale");
  LEGACY && console.log("gone");
  return MODE === "new" ? newPrice(grams) : oldPrice(grams);
}
