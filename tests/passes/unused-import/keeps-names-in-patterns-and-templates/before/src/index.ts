import { apple, pear, plum, fig, grape, cherry, date } from "./fruits.ts";

export const text = `${apple}`;
export const { [pear]: value = plum } = { pear: "pear" };
export const lunch = { fig, [grape]: 1 };
export const eat = (what = cherry): string => what;
export const dried = class extends date {};
