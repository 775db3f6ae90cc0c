export type Apple = string;
export type Plum = string;
