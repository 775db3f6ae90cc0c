import type { Basket } from "./basket.ts";
import { discountFor, priceOf } from "./pricing.ts";
import { stockOf, takeFromStock } from "./stock.ts";

/** A basket that was paid for. */
export type Order = { readonly basket: Basket; readonly cents: number };

/** Takes the fruit from the stock and says what it costs. Throws when the stock does not suffice. */
export function placeOrder(basket: Basket): Order {
  for (const [name, kilograms] of Object.entries(basket)) {
    if (stockOf(name) < kilograms) throw new Error(`There is not enough ${name} left.`);
  }
  for (const [name, kilograms] of Object.entries(basket)) takeFromStock(name, kilograms);
  const kilograms = Object.values(basket).reduce((sum, share) => sum + share, 0);
  const full = Object.entries(basket).reduce((sum, [name, share]) => sum + priceOf(name, share), 0);
  return { basket, cents: Math.round(full * (1 - discountFor(kilograms))) };
}
