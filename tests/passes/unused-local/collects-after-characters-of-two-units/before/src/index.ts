export const label = "🍎🍐 é"; // 🍒

const größe = "🍏";

export function show(): string {
  const 数 = "🍇"; // not shown
  return label;
}
