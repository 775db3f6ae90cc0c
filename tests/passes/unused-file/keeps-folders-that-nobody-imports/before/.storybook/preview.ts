export const preview = 1;
