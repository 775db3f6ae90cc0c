export const tree = "tree";

export { type Leaf as ignored };
type Leaf = "leaf";
