export const apple = "spread";
