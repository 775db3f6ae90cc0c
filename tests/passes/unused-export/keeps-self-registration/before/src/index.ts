import "./actions.ts";
import { perform } from "./registry.ts";

export const done = perform("pick");
