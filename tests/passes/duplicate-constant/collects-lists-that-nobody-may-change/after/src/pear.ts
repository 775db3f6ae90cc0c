export const ripeMonths = [
  "august",
  "september",
  "october",
] as const;

export const sellPear = () => ripeMonths[0];
