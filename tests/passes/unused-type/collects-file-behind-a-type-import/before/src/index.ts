import { type Apple, apple } from "./apple.ts";
import type { Log } from "./log.ts";

export const lunch: Apple = apple;
