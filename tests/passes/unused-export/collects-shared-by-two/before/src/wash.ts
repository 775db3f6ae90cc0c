export const water = "water";
export const wash = (fruit: string): string => `${fruit} in ${rinse()}`;
const rinse = (): string => "rinse";
export const litres = water.length;
