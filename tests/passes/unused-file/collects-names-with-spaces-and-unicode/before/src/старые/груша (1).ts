export const pear = "груша";
