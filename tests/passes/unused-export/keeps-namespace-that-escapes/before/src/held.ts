export const apple = "held";
