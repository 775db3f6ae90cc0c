/** @import { Plum } from "./plum.ts" */

/** @type {Plum} */
export const pear = "pear";
