export const cherry = "added";
