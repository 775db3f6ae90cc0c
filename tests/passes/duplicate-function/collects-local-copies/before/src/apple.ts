function priceTag(name: string, cents: number): string {
  const whole = Math.floor(cents / 100);
  const rest = String(cents % 100).padStart(2, "0");
  return `${name}: ${whole}.${rest}`;
}

export function sellApple(): string {
  return priceTag("apple", 120);
}
