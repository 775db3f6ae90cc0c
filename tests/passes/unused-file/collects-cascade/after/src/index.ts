import { wash } from "./tools.ts";

export const clean = wash();
