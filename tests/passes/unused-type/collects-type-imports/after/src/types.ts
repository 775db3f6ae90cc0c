export interface Apple {
  readonly name: string;
}

export const colour = "red";
