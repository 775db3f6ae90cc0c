const apples = 1, pears = 2, plums = 3;
const figs = 4,
  dates = 5;
let cherries = 6;

export const total = apples + plums;
