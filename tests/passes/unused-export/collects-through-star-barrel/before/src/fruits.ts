export * from "./apple.ts";
export * from "./pear.ts";
