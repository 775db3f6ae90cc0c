import { plums, priceTag as tagOf } from "./fruit.ts";

export const sellPlums = () => plums.map((plum) => tagOf(plum, 90));
