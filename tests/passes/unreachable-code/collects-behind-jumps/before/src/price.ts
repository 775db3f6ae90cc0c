type Rate = { readonly cents: number };

const oldRate: Rate = { cents: 3 };

export function oldPrice(grams: number): number {
  return grams * oldRate.cents;
}

export function price(grams: number): number {
  return grams * 2;
}
