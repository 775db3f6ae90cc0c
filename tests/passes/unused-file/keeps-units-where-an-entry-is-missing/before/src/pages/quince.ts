export const quince = 1;
