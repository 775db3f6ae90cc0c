export async function sell(): Promise<number> {
  const receipt = print("receipt");
  const stamp = await print("stamp");
  const { number } = print("number");
  return 1;
}

export function count(basket: { apples: number; pears: number }): number {
  const { apples, pears } = basket;
  return apples;
}

function print(what: string): { number: number } {
  console.log(what);
  return { number: what.length };
}
