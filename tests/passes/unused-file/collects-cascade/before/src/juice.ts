export const juice = "juice";
