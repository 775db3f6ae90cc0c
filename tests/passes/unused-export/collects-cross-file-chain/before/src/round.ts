export const round = (value: number): number => Math.round(value);

export const truncate = (value: number): number => Math.trunc(value);
