import { draw } from "./draw.ts";

export const appleIcon = draw("apple");
