export function apple(): string {
  return "apple";
}

export function rottenApple(): string {
  return "rotten apple";
}
