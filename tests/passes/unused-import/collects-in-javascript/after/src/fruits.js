export const apple = "apple";
export const pear = "pear";
