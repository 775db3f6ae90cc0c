export const apple = "awaited";
