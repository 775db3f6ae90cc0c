/** @typedef {{ apple: unknown }} Prices */
export const prices = 1;
