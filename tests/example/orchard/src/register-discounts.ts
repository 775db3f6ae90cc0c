// Nobody imports a name from here: loading the module is what registers the discounts.
import { registerDiscount } from "./discounts.ts";

registerDiscount("bulk", (kilograms) => (kilograms >= 10 ? 0.1 : 0));
registerDiscount("cellar", (kilograms) => (kilograms >= 50 ? 0.2 : 0));
