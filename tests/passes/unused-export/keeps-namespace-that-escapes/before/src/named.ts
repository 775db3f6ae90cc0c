export const apple = "named";
