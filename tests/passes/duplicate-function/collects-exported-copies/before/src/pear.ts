import { rounded as floor } from './shared/rounded.ts';

export function priceTag(name: string, cents: number): string {
  const whole = floor(cents / 100);
  const rest = String(cents % 100).padStart(2, "0");
  return `${name}: ${whole}.${rest}`;
}

export const sellPear = () => priceTag('pear', 180);
