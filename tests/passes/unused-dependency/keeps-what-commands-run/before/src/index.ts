export const fruit = 1;
