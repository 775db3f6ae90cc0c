export const mill = "mill";
