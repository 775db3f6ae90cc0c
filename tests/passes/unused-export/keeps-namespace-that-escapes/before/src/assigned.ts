export const apple = "assigned";
