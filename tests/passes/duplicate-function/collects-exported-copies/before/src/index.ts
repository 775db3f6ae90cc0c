import { sellPear } from "./pear.ts";
import { rounded } from "./shared/rounded.ts";
import { priceTag } from "./shared/price-tag.ts";
import { sellPlums } from "./stall.ts";
import { sellRest } from "./till.ts";

export const sell = () => [sellPear(), ...sellPlums(), sellRest(), priceTag("nothing", rounded(0.4))];
