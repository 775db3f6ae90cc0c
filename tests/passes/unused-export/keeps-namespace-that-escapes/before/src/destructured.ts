export const apple = "destructured";
export const pear = "destructured";
