export type Apple = "apple";
export type Pear = "pear";
