export const graft = 1;
