export const tree = "tree";
