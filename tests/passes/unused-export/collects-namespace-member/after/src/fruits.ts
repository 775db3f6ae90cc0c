export const apple = (): string => "apple";
export const pear = (): string => "pear";
