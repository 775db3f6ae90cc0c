export const sell = (): number => 1;

export const resetForTests = (): void => undefined;
