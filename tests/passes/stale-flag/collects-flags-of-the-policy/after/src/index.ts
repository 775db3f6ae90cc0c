import { isEnabled } from "./flags.js";

export function checkout(total: number): string {
  const label = total > 0 ? "now" : "later";
  const on = true;
  console.log(on, isEnabled("basket"), { wanted: true });
  return label;
}
