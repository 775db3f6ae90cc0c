export { default as Apple } from "./apple.ts";
export { default as Pear, ripe } from "./pear.ts";
