export enum Enumerated {
  A = "a",
  B = "b",
}

export enum Indexed {
  A = "a",
  B = "b",
}

export enum Keyed {
  A = "a",
  B = "b",
}

export enum Passed {
  A = "a",
  B = "b",
}

export enum Spread {
  A = "a",
  B = "b",
}

export enum Typed {
  A = "a",
}
