export const fig = "fig";
