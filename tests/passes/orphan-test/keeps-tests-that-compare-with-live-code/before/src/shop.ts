export const sell = (): number => 1;
export const sellSlowly = (): number => 1;
