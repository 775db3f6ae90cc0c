/** A quarter of the year, as growers use the word. */
export type Season = "spring" | "summer" | "autumn" | "winter";

/** Something that the orchard sells. Prices are in cents a kilogram. */
export type Fruit = {
  readonly name: string;
  readonly season: Season;
  readonly centsPerKilogram: number;
};

/** Which trees are picked on which day. */
export type HarvestPlan = {
  readonly day: string;
  readonly trees: readonly string[];
};
