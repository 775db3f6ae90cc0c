export type Pear = "pear";
export const pear: Pear = "pear";
