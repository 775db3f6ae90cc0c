export const apple = "exported";
