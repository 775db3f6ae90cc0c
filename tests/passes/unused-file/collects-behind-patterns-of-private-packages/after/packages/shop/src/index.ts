import { plum } from "@orchard/fruits/deep/plum";

export const basket = [plum];
