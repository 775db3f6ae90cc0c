export const sell = (): number => 1;

export function refund(): number {
  return rounded(-1);
}

function rounded(price: number): number {
  return Math.round(price);
}
