export type { Apple, Pear } from "./fruits.ts";
export type * from "./nuts.ts";
export { type Spade } from "./tools.ts";
