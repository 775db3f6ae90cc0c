export { SALE as isSale, MODE } from "./flags.js";
