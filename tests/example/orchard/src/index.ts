export { addToBasket, emptyBasket, type Basket } from "./basket.ts";
export { findFruit, seasonalFruits } from "./catalogue.ts";
export { placeOrder, type Order } from "./order.ts";
export { discountFor, priceOf } from "./pricing.ts";
export type { Fruit, Season } from "./types.ts";
