import { register } from "./registry.ts";

/** Nobody imports the name; the call is what matters. */
export const selfRegistered = register("peel", () => "peeled");
