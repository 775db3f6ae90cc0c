import { usedFruitName, deadImport } from "./names.ts";

export const usedFruit = usedFruitName;

export function countFruit(fruit: readonly string[]): number {
  return fruit.length;
}

/** Nobody imports it. */
export function deadExport(): string {
  return "dead";
}

/** Nobody imports it either, and it has two forms. */
export function deadOverload(value: string): string;
export function deadOverload(value: number): number;
export function deadOverload(value: string | number): string | number {
  return value;
}

export type DeadType = { readonly sour: boolean };

export interface DeadInterface {
  readonly sweet: boolean;
}

function deadLocal(): number {
  return 7;
}
