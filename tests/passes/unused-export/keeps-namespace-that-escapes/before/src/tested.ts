export const apple = "tested";
