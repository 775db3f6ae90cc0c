const listeners = new Set<string>();
listeners.add("pear");
export default "pear";
export const stalk = "stalk";
