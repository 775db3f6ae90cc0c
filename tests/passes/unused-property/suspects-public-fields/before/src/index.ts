import { Tree } from "./tree.ts";

new Tree().grow();
