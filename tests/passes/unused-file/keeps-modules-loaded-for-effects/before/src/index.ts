import "./polyfill.ts";
import {} from "./setup.ts";
export {} from "./teardown.ts";
import type {} from "./types.ts";

export const orchard = "orchard";
