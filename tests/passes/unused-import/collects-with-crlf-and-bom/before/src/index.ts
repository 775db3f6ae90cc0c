import { apple, pear } from "./fruits.ts";
import { plum } from "./fruits.ts";

export const lunch = apple;
