export interface Slice {
  readonly width: number;
}

export function slice(width: number): Slice {
  return { width };
}
