export interface FruitCrate {
  fruit: string;
  grams: number;
  [note: string]: unknown;
}

export const sellPear = (): FruitCrate => ({ fruit: "pear", grams: 1 });
