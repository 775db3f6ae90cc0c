export const apple = "asserted";
