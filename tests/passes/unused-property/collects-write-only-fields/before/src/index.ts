import { Tree } from "./tree.ts";

console.log(new Tree().grow());
