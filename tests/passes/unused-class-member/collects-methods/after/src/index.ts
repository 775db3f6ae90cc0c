import { Tree } from "./tree.ts";

const tree = new Tree(3);
tree.grow();
tree.water();
tree.fell();
console.log(tree.height);
