// The orchard.

import { apple } from "./apple.ts";
import pear, { stalk } from "./pear.ts";
import * as nuts from "./nuts.ts";
import { join } from "node:path";
import type { Colour } from "./colour.ts";

export const orchard = "orchard";
