import { apples, plums } from "./stock.ts";

export const total = apples + plums;
