import * as fruits from "./fruits.ts";
import * as nuts from "./nuts.ts";

export const lunch = [fruits.apple(), fruits["pear"](), nuts.default.name];
