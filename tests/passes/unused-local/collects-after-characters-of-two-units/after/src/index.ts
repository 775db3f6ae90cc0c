export const label = "🍎🍐 é"; // 🍒

export function show(): string {
  return label;
}
