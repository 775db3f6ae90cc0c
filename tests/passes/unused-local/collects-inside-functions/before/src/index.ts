import { weigh } from "./weigh.ts";

export function sell(apples: number): number {
  const unused = weigh;
  let never: string;
  function refund(): number {
    return refund();
  }
  type Receipt = { readonly number: number };
  class Till {}
  // What it costs.
  const price = 3;
  return apples * price;
}

export class Shop {
  open(): string {
    const hours = [8, 18], days = 6;
    return `${days} days`;
  }
}
