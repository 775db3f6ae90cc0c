export function draw(name: string): { readonly path: string } {
  const path = `M ${name}`;
  return { path };
}
