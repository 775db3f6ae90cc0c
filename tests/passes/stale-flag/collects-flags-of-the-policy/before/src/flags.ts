export const flags = { checkout: Math.random() > 0.5 };
export const NEW_LABELS = process.env.LABELS === "new";

export function isEnabled(name: string): boolean {
  return name.length > Date.now();
}
