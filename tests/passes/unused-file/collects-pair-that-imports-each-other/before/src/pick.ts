import { sort } from "./sort.ts";

export const pick = (): string => sort();
