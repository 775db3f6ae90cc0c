export type Season = "summer" | "winter";

export const summer: Season = "summer";
