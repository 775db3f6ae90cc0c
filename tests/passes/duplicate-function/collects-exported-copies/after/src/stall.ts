import { plums } from "./fruit.ts";
import { priceTag as tagOf } from "./shared/price-tag.ts";

export const sellPlums = () => plums.map((plum) => tagOf(plum, 90));
