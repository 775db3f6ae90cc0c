export const pear = "page";
