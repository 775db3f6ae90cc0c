/** Takes a {@link ripe} fruit. */
export function pick(): string {
  return "apple";
}

export function ripe(): boolean {
  return true;
}
