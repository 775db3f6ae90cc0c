export const hazel = 1;
