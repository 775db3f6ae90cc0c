export * from "./deep.ts";
