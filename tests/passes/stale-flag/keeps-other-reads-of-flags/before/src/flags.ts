export const flags = { checkout: Math.random() > 0.5, basket: Date.now() > 1 };

export function isEnabled(name: string): boolean {
  return name.length > 3;
}
