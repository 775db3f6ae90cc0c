export const apple = "passed";
