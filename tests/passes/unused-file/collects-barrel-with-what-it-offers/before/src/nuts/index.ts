export * from "./hazel.ts";
export { default as walnut } from "./walnut.ts";
