export const apples = 1,
  plums = 3;
