export type Period = { readonly days: number };

export function sortPeriods(periods: readonly Period[]): readonly Period[] {
  return [...periods].sort((a, b) => a.days - b.days);
}
