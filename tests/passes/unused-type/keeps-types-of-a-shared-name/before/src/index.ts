import { Apple } from "./apple.ts";
import type { Pear } from "./pear.ts";

export const lunch = Apple.name;
export const supper: Pear = { name: "pear" };
