export const apple = "apple";
export const plum = "plum";
export type Stone = string;
