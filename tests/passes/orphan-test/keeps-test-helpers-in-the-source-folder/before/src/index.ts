export { sell } from "./shop.ts";
