export const plum = 1;
