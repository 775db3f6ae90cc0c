import { type Apple, apple } from "./apple.ts";

export const lunch: Apple = apple;
