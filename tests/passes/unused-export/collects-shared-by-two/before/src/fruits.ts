import { wash } from "./wash.ts";

export const apple = (): string => "apple";
export const pear = (): string => wash("pear");
export const plum = (): string => wash("plum");
