export const plums = ["plum", "damson"];
