export const count = (apples: number): number => apples;
