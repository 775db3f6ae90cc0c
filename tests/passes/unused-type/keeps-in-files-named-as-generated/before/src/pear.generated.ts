export type Pear = string;
export type Quince = string;
