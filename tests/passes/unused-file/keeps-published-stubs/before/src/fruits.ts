export const fruits = ["apple", "pear"];
