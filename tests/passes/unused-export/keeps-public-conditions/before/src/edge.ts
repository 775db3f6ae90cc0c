export const edge = "edge";
