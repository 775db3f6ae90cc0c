import pear from "./pear.ts";
import { leaf } from "./fig.ts";
import {
  // The sweet ones.
  apple,
  type Stone,
} from "./fruits.ts";

export const lunch: [string, Stone] = [apple, "stone"];
export const supper = [pear, leaf];
