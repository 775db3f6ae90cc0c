export const tax = (price: number): number => price * 2;

export const round = (price: number): number => price | 0;
