export const plum = "plum";
console.log(plum);
