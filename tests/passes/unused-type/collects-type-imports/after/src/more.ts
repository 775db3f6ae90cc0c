export type Fig = "fig";
