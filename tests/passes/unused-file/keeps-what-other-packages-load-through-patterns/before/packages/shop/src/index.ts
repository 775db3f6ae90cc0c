import * as plum from "@orchard/fruits/deep/plum";
export const basket = Object.values(plum);
