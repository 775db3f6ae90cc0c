import pear, { stalk } from "./pear.ts";
import fig, { leaf, type Leaf } from "./fig.ts";
import {
  // The sweet ones.
  apple,
  plum as blue, // tart
  type Stone,
} from "./fruits.ts";

export const lunch: [string, Stone] = [apple, "stone"];
export const supper = [pear, leaf];
