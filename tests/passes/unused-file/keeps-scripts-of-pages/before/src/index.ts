export const orchard = "orchard";
