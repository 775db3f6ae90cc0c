import { priceTag } from "./pear.ts";

export const sellRest = () => priceTag("last pear", 10);
