export { default as Apple } from "./apple.ts";
