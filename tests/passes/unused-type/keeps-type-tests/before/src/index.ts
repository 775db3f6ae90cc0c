export type Apple = "apple";
