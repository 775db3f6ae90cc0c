import { tax } from "./tax.ts";

/**
 * Sells one.
 */
export function sell(): number {
  return tax(1);
}
