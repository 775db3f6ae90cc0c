import { rounded } from "./shared/rounded.ts";

export const plums = ["plum", "damson"];

export function priceTag(name: string, cents: number): string {
  const euros = rounded(cents / 100);
  const left = String(cents % 100).padStart(2, "0");
  return `${name}: ${euros}.${left}`;
}
