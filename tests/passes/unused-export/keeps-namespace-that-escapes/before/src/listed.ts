export const apple = "listed";
