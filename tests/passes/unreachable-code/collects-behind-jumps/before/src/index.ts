import { oldPrice, price } from "./price.js";

export function weigh(grams: number): number {
  if (grams > 10) {
    throw new Error("too heavy");
  } else {
    return price(grams);
  }

  // Nobody comes here.
  const rest = oldPrice(grams);
  return rest;
}

export function peel(fruit: string): string {
  return strip(fruit);

  function strip(text: string): string {
    return text.slice(1);
  }
  strip("never");
}

export function pick(basket: string[]): string | undefined {
  for (;;) {
    const fruit = basket.pop();
    if (fruit !== "pear") return fruit;
    continue;
    basket.push("plum");
  }
  return "apple";
}

export function sort(size: number): string {
  switch (size) {
    case 1:
      return "small";
      console.log("small");
    default:
      throw new Error("size");
  }
  return "none";
}
