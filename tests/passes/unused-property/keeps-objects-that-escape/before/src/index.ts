import * as objects from "./objects.ts";
import { indexed, listed, passed, rested, spread, typed } from "./objects.ts";

export const show = (key: "b"): string => indexed[key];
export const all = Object.keys(listed);
console.log(passed, { ...spread }, objects.through.a);
export const { a, ...others } = rested;
export const type: keyof typeof typed = "a";
export const used = [indexed.a, listed.a, passed.a, spread.a, typed.a];
