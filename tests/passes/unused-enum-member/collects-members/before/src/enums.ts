export enum Season {
  Spring = "spring",
  Summer = "summer",
  /** It never rains here. */
  Monsoon = "monsoon",
}

export const enum Size {
  Small,
  Large,
  Huge, // never grown
}

enum Ladder {
  Low = 1,
  High = Low * 10,
  Higher = High * 10,
}

export const ladder = Ladder.High;
