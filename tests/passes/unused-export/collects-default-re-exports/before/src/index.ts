import { Apple } from "./fruits.ts";

export const lunch = new Apple();
