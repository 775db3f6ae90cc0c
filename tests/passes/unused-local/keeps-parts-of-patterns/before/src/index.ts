const { apple, pear } = { apple: 1, pear: 2 };
const [plum, fig] = [3, 4];
export const lunch = pear + fig;

export function pick(basket: { a: number; b?: number; c?: number }): unknown {
  const { a, ...rest } = basket;
  const { b, c = b } = basket;
  return [rest, c];
}
