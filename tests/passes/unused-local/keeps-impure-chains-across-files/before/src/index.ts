import { icon } from "./icon.ts";
import { paint } from "./barrel.ts";

const apple = icon("apple");
const pear = paint("pear");
export const orchard = "orchard";
