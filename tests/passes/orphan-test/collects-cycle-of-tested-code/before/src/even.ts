export const even = (trees: number): boolean => trees % 2 === 0;
export const odd = (trees: number): boolean => trees !== 0 && evenSlowly(trees - 1);
export const evenSlowly = (trees: number): boolean => trees === 0 || odd(trees - 1);
