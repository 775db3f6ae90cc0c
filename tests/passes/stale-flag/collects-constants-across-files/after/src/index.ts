import { newPrice } from "./prices.js";

const LEGACY = false;

export function price(grams: number): number {
  // As today.
  const cents = newPrice(grams);
  const text = `price
    ${cents}`;
  console.log(text);
  if (grams > 5) {
    console.log("heavy");
  }
  if (grams > 2) console.log("no sale");
  return newPrice(grams);
}
