export const water = "water";
export const well = 1;
