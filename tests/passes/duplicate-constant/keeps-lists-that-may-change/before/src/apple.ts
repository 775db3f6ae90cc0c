const ripeMonths = [
  "august",
  "september",
  "october",
];

export const sellApple = () => ripeMonths.push("may");
