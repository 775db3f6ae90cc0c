import type { Fruit, Season } from "./types.ts";

const fruits: readonly Fruit[] = [
  { name: "apple", season: "autumn", centsPerKilogram: 220 },
  { name: "cherry", season: "summer", centsPerKilogram: 740 },
  { name: "pear", season: "autumn", centsPerKilogram: 260 },
  { name: "quince", season: "winter", centsPerKilogram: 390 },
];

/** Looks a fruit up by its name; names are in lower case. */
export function findFruit(name: string): Fruit | undefined {
  return fruits.find((fruit) => fruit.name === name);
}

/** What is ripe in a season, in the order of the catalogue. */
export function seasonalFruits(season: Season): readonly Fruit[] {
  return fruits.filter((fruit) => fruit.season === season);
}

/**
 * The cheapest fruit of the catalogue.
 * The front page showed it until the prices moved into the basket.
 */
export function cheapestFruit(): Fruit | undefined {
  return [...fruits].sort(byPrice)[0];
}

function byPrice(left: Fruit, right: Fruit): number {
  return left.centsPerKilogram - right.centsPerKilogram;
}

/** Every name that can be ordered. */
export function fruitNames(): readonly string[] {
  return fruits.map((fruit) => fruit.name);
}
