console.log("nobody hears this");

export function apple(): string {
  return "apple";
}
