export enum Season {
  Spring = "spring",
  DeadSeason = "monsoon",
}

enum Taste {
  Sweet,
  Sour,
}

export const tastes = Object.keys(Taste);
console.log(tastes);
