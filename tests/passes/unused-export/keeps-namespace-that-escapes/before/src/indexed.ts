export const apple = "indexed";
