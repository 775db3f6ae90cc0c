export const pear = "template";
