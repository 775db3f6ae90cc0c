export const apples = 1,
  pears = 2,
  plums = 3;

export let figs = 4, dates = 5;
