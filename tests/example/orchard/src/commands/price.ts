import { formatCents, priceOf } from "../pricing.ts";
import { parseKilograms } from "../weights.ts";

/** The price of a fruit for a weight as the customer typed it. */
export function price(name: string, weight = "1"): string {
  return formatCents(priceOf(name, parseKilograms(weight)));
}
