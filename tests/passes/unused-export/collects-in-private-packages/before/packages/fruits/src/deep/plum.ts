export const plum = 5;
export const stone = 6;
