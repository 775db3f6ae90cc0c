export const fig = 5;
