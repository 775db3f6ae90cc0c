export type Apple = string;
