export type Plum = "plum";
export type Fig = "fig";
