export const browser = "browser";
