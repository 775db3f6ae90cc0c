console.log("apple");
export const apple = "apple";
export type Apple = string;
