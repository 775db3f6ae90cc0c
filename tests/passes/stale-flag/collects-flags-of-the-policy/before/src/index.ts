import { flags, isEnabled, NEW_LABELS } from "./flags.js";
import { oldCheckout } from "./old-checkout.js";

export function checkout(total: number): string {
  if (!isEnabled("checkout")) {
    return oldCheckout(total);
  }
  const label = flags.checkout && total > 0 ? "now" : "later";
  if (process.env.ROLLOUT === "some") {
    console.log("some");
  }
  const on = flags["checkout"];
  console.log(on, isEnabled("basket"), { wanted: isEnabled('checkout') });
  return NEW_LABELS ? "label" : label;
}
