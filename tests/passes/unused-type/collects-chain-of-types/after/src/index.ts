import type { Apple } from "./types.ts";

export const apple: Apple = { colour: "red" };
