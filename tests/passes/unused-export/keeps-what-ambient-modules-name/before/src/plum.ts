export const plum = "plum";
