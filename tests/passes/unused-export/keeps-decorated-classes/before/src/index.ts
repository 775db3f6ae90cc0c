import "./services.ts";

export const lunch = "lunch";
