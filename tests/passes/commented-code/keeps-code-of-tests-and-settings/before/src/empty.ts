// export const pear = 2;
// console.log(pear);
