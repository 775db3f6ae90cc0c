import { apple } from "@orchard/fruits";
import { pear } from "@orchard/fruits/pear";
import { plum } from "@orchard/fruits/deep/plum";

export const lunch = [apple, pear, plum];
