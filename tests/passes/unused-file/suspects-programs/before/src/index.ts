export const fig = 1;
