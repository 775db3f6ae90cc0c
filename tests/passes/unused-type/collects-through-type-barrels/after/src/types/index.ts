export type { Apple } from "./fruits.ts";
