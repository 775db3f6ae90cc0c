export const iconA = "a";
export const iconB = "b";
