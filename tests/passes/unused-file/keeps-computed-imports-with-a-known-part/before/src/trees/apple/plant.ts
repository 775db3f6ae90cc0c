export const plant = "apple";
