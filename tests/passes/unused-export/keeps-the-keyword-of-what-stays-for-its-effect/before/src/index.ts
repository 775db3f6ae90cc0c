export type { Basket } from "./basket.ts";
export { weigh } from "./basket.ts";
