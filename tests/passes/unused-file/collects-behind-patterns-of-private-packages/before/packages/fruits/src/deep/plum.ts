export const plum = 5;
