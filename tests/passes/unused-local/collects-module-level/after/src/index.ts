export const orchard = "orchard";

/** The trees. */
export const trees = 12;
