export const orchard = 1;
