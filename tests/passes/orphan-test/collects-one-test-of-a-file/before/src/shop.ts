export const sell = (): number => 1;
export const refund = (): number => -1;
