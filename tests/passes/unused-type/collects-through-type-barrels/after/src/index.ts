import type { Apple } from "./types/index.ts";

export const apple: Apple = "apple";
