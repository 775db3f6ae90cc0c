import "./register-discounts.ts";
import { findFruit } from "./catalogue.ts";
import { bestDiscount } from "./discounts.ts";

const centsPerEuro = 100;
const oldTaxRate = 0.16;

/** The price of some kilograms of a fruit in cents, before any discount; 0 for an unknown fruit. */
export function priceOf(name: string, kilograms: number): number {
  return Math.round((findFruit(name)?.centsPerKilogram ?? 0) * kilograms);
}

/** The share between 0 and 1 that is taken off an order of that weight. */
export function discountFor(kilograms: number): number {
  return bestDiscount(kilograms);
}

/** An amount of cents as people read it: `4.20 EUR`. */
export function formatCents(cents: number): string {
  return `${(cents / centsPerEuro).toFixed(2)} EUR`;
}
