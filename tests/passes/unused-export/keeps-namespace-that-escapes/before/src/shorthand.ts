export const apple = "shorthand";
