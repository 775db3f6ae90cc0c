export const basket = 1;
