import { bill } from "./bill.ts";
import { basket, weigh } from "./basket.ts";

export const pay = () => bill(basket) + weigh(basket);
