export const apple = "apple";
export const pear = "pear";
export const plum = "plum";
export const fig = "fig";
