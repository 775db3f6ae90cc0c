import "./ripen.ts";

export { apple } from "./apple.ts";
export { pear } from "./pear.ts";
export const fig = 3;
