export type Apple = string;
export const apple = "apple";
