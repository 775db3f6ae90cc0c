import apple from "./apple.ts";
import pear from "./pear.ts";
import { default as plum } from "./plum.ts";
import fig, { leaf } from "./fig.ts";
import Date from "./date.ts";
import type Grape from "./grape.ts";
import { "sweet cherry" as cherry } from "./cherry.ts";

export const lunch = (grape: Grape) => [apple(), pear.colour, plum("green"), fig, leaf, Date.create(), grape, cherry];
