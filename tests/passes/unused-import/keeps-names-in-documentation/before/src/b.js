import { Tree } from "./tree.js";

/** @param {Tree} tree */
export const water = (tree) => tree;
