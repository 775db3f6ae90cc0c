export * from "./plum.ts";
