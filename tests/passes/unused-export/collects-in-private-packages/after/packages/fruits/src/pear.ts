export const pip = 4;
