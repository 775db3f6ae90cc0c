export type { Apple } from "./apple.ts";
