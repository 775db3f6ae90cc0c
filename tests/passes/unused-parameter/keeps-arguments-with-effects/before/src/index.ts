let sold = 0;

function next(): number {
  sold += 1;
  return sold;
}

function weigh(fruit: string, grams: number): number {
  return fruit.length;
}

function label(fruit: string, size: number): string {
  return fruit;
}

function rest({ fruit, grams, ...others }: { fruit: string; grams: number; size: number }): unknown {
  return [fruit, others];
}

export function sell(fruits: [string, number], label2: (a: number, b: number) => void): unknown {
  const shadow = (label: (fruit: string, size: number) => void) => label("pear", 1);
  shadow(label2 as never);
  label2(1, 2);
  label("plum", 2);
  label(...fruits);
  return [weigh("apple", next()), rest({ fruit: "pear", grams: 1, size: 2 })];
}
