import apple, { pear, type Plum } from "./fruits.ts";
import * as nuts from "./nuts.ts";
import fig from "./fig.ts";

export { apple, pear as greenPear, nuts };
export type { Plum };
export default fig;
