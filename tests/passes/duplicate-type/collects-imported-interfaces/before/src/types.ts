export interface FruitCrate {
  fruit: string;
  grams: number;
  [note: string]: unknown;
}
