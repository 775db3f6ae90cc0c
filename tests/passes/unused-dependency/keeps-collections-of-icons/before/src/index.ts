export const icon = "i-fruit-apple";
