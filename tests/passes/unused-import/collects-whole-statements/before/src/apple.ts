export const apple = "apple";
export const used = apple;
