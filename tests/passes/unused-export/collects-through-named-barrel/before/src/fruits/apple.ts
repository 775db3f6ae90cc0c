export function apple(): string {
  return "apple";
}

export function bruised(): string {
  return "bruised apple";
}
