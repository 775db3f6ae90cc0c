import { basket, totalOf } from "./basket.ts";

export const bill = (fruits: typeof basket) => totalOf(fruits) + totalOf(basket);
