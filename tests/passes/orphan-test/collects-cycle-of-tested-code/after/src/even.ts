export const even = (trees: number): boolean => trees % 2 === 0;
