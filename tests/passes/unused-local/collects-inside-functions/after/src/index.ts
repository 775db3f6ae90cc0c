export function sell(apples: number): number {
  // What it costs.
  const price = 3;
  return apples * price;
}

export class Shop {
  open(): string {
    const days = 6;
    return `${days} days`;
  }
}
