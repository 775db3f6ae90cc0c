export type Plum = string;
