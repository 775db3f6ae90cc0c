export enum Season {
  Spring = "spring",
  Summer = "summer",
}

export const enum Size {
  Small,
  Large,
}

enum Ladder {
  Low = 1,
  High = Low * 10,
}

export const ladder = Ladder.High;
