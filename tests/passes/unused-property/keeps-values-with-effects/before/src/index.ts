import { counter, lists, tree } from "./objects.ts";

console.log(counter.next(), lists.first, tree.name);
tree.height = 3;
