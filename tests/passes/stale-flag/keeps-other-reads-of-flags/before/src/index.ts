import { flags, isEnabled } from "./flags.js";

export function checkout(name: "checkout" | "basket"): string {
  flags.checkout = true;
  const { checkout } = flags;
  if (isEnabled(name) || isEnabled("basket") || flags[name] || checkout) return "now";
  return flags.basket ? "soon" : "later";
}
