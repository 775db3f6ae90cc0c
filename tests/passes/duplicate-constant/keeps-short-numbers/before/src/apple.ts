const grams = 100;

export const sellApple = () => grams;
