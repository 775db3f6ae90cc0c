import { rounded } from "./rounded.ts";

export function priceTag(name: string, cents: number): string {
  const whole = rounded(cents / 100);
  const rest = String(cents % 100).padStart(2, "0");
  return `${name}: ${whole}.${rest}`;
}
