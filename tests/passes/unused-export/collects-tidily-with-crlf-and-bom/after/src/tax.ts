export const tax = (price: number): number => price * 2;
