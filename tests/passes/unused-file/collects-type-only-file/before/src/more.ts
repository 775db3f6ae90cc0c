import type { Pear } from "./fruits.ts";

export type Crate = readonly Pear[];
