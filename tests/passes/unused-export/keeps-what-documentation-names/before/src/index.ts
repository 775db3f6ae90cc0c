import { pick } from "./fruits.ts";

export const lunch = pick();
