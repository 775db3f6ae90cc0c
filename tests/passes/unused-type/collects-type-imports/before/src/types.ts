export interface Apple {
  readonly name: string;
}

export interface Pear {
  readonly name: string;
}

export const colour = "red";
