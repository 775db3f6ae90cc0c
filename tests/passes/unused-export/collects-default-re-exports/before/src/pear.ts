export { default } from "./pear-tree.ts";
export const ripe = true;
