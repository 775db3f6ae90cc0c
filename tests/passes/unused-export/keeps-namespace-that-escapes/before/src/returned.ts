export const apple = "returned";
