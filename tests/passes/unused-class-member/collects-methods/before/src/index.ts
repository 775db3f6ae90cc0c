import { Tree } from "./tree.ts";

const tree = new Tree(3);
tree.grow();
console.log(tree.height);
