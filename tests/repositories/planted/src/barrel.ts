export { fromBarrel, deadThroughBarrel } from "./barrelled.ts";
export * from "./starred.ts";
