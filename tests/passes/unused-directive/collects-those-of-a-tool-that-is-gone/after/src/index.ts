// Fruit of the orchard.

export const apple: any = 1;
