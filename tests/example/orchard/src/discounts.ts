type Discount = (kilograms: number) => number;

const discounts = new Map<string, Discount>();

/** Adds a discount under a name; the share that it takes off is between 0 and 1. */
export function registerDiscount(name: string, discount: Discount): void {
  discounts.set(name, discount);
}

/** The largest share that any registered discount takes off. */
export function bestDiscount(kilograms: number): number {
  return Math.max(0, ...[...discounts.values()].map((discount) => discount(kilograms)));
}
