export function pear(): string {
  return "pear";
}
