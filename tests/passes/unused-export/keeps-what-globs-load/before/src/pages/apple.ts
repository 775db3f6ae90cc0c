export const apple = "page";
