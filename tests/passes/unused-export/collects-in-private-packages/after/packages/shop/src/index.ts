import { apple } from "@orchard/fruits";
import { plum } from "@orchard/fruits/deep/plum";

export const basket = [apple, plum];
