export function apple(): string {
  return "apple";
}
