export const sell = (): number => 1;
