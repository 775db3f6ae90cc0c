export const date = "joined";
