import { crate } from "./crate.ts";

/** What hangs on a pear. */
function priceTag(name: string, cents: number): string {
  const euros = Math.floor(cents / 100);
  const left = String(cents % 100).padStart(2, "0");
  return `${name}: ${euros}.${left}`;
}

export function sellPear(): string {
  return priceTag(crate("pear"), 180);
}
