export const plum = "built";
