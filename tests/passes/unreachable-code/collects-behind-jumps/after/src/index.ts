import { price } from "./price.js";

export function weigh(grams: number): number {
  if (grams > 10) {
    throw new Error("too heavy");
  } else {
    return price(grams);
  }
}

export function peel(fruit: string): string {
  return strip(fruit);

  function strip(text: string): string {
    return text.slice(1);
  }
}

export function pick(basket: string[]): string | undefined {
  for (;;) {
    const fruit = basket.pop();
    if (fruit !== "pear") return fruit;
    continue;
  }
}

export function sort(size: number): string {
  switch (size) {
    case 1:
      return "small";
    default:
      throw new Error("size");
  }
}
