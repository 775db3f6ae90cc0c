// The orchard.

export const orchard = "orchard";
