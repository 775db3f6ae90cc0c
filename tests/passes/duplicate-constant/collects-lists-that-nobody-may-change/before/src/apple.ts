const ripeMonths = [
  "august",
  "september",
  "october",
] as const;

export const sellApple = () => ripeMonths.join();
