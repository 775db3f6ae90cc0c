export function sell(isOpen: boolean): string {
  if (isOpen || true) {
    return "open";
  }
  return isOpen && false && sell(isOpen) ? "now" : "later";
}
