export function apple(): string {
  return "apple";
}

export function pear(): string {
  return "pear";
}
