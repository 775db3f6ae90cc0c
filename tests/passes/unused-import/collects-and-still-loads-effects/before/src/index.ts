import { apple } from './apple.ts'
import type { Apple } from './apple.ts'
import pear, { stalk } from "./pear.ts"; // pears
import * as plum from "./barrel.ts";

export const orchard = "orchard";
