const grams = 100;

export const sellPear = () => grams;
