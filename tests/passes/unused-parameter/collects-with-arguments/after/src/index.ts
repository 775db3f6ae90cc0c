function weigh(fruit: string, grams = 1): number {
  return fruit.length * grams;
}

const label = (text: string): string => text;

export function sell(fruit: string): string {
  const peel = () => fruit.slice(1);
  weigh("pear");
  weigh(
    fruit,
    3, // heavy
  );
  return label(peel()) + weigh(fruit, 2);
}
