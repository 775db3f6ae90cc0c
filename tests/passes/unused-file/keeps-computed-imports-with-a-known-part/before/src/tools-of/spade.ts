export const spade = "spade";
