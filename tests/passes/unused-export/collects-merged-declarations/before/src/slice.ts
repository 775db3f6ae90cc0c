export interface Slice {
  readonly width: number;
}

export function slice(width: number): Slice {
  return { width };
}

export function dice(size: number): number {
  return size;
}

export namespace dice {
  export const smallest = 1;
}

export interface Grater {
  readonly holes: number;
}

export class Grater {
  readonly name = "grater";
}

export const Juice = { litres: 1 };
export type Juice = typeof Juice;
