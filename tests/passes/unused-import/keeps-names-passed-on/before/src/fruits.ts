export default "apple";
export const pear = "pear";
export type Plum = string;
