export const flags = { checkout: Math.random() > 0.5 };

export function isEnabled(name: string): boolean {
  return name.length > Date.now();
}
