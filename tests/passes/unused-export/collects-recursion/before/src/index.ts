export { peel } from "./peel.ts";
