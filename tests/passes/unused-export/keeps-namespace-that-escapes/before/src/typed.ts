export const apple = "typed";
