export * from "./colour.ts";
