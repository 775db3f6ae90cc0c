import type { Season } from "./season.js";
import { summer } from "./season.js";

function weigh(fruit: string, season: Season, grams = 1): number {
  return fruit.length * grams;
}

const label = (text: string, size: number): string => text;

export function sell(fruit: string): string {
  const peel = (times: number) => fruit.slice(1);
  weigh("pear", summer);
  weigh(
    fruit,
    summer,
    3, // heavy
  );
  return label(peel(2), fruit.length) + weigh(fruit, summer, 2);
}
