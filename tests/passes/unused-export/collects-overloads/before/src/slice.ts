/** Slices a fruit. */
export function slice(fruit: string): string {
  return fruit;
}

/** Cuts by weight. */
export function cut(weight: number): number;
/** Cuts by name. */
export function cut(name: string): string;
export function cut(subject: number | string): number | string {
  return subject;
}
