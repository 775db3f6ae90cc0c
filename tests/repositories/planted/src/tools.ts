export function pack(fruit: string): string {
  return `[${fruit}]`;
}

export function deadTool(fruit: string): string {
  return `(${fruit})`;
}
