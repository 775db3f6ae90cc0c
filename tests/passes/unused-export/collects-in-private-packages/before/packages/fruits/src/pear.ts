export const pear = 2;
export const pip = 4;
