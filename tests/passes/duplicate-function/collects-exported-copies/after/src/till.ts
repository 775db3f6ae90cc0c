import { priceTag } from "./shared/price-tag.ts";

export const sellRest = () => priceTag("last pear", 10);
