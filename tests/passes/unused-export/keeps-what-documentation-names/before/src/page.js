import { shop } from "./shop.js";

/** @type {import("./prices.js").Prices} */
export const prices = { apple: shop };
