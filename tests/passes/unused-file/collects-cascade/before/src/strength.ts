export const strength = 2;
