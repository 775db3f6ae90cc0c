export const rounded = (amount: number) => Math.floor(amount);
