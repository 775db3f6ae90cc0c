export const night = "night";
