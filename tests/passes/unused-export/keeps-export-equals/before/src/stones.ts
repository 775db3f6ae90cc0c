export const hard = true;
