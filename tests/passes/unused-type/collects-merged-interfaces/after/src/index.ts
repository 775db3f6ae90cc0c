export { apple } from "./types.ts";
