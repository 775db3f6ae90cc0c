export function oldCheckout(total: number): string {
  return `old ${total}`;
}
