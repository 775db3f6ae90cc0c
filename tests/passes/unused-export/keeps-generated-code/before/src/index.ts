import { apple } from "./fruits.ts";

export const lunch = apple;
