import "./services.ts";

export const orchard = "orchard";
