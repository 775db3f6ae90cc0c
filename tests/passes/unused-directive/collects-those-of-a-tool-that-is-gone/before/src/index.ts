/* tslint:disable:no-any */
// Fruit of the orchard.

export const apple: any = 1; // tslint:disable-line
