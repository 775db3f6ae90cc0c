const apple = "apple";

export function eat(apple: string): string {
  const inner = (pear: string): string => pear;
  return inner(apple);
}
export const eaten = apple;

export function outer(): string {
  const plum = "plum";
  return (() => {
    const text = `${plum}`;
    return text;
  })();
}
