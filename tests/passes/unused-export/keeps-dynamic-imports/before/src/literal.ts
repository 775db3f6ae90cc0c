export const apple = "literal";
