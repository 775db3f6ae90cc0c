export const apples = "apples";
