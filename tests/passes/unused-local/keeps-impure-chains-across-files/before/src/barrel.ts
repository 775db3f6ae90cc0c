export * from "./store.ts";
export { store as paint } from "./store.ts";
