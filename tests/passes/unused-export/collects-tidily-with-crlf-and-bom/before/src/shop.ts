import { tax, round } from "./tax.ts";

/**
 * Sells one.
 */
export function sell(): number {
  return tax(1);
}

/**
 * Takes one back.
 */
export function refund(): number {
  return round(tax(-1));
}

// How many there are.
export const stock = 12;
