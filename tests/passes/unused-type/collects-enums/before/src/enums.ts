export enum Fruit {
  Apple,
  Pear,
}

/** How ripe. */
export enum Ripeness {
  Green,
  Ripe = Green + 1,
}

export const enum Size {
  Small = "small",
}

declare enum Season {
  Spring,
}
