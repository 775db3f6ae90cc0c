export { even } from "./even.ts";
