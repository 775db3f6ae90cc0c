export async function sell(): Promise<number> {
  print("receipt");
  await print("stamp");
  print("number");
  return 1;
}

export function count(basket: { apples: number; pears: number }): number {
  const { apples } = basket;
  return apples;
}

function print(what: string): { number: number } {
  console.log(what);
  return { number: what.length };
}
