export * from "./apple.ts";
