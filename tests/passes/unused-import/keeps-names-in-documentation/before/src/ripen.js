export const ripen = "ripen";
