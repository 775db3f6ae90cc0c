export default "pear";
export const stalk = "stalk";
