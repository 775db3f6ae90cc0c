const apples = 1, plums = 3;

export const total = apples + plums;
