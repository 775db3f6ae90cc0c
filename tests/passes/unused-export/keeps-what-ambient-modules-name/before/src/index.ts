import "./augment.ts";

export const orchard = "orchard";
