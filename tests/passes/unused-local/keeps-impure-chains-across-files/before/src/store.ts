const names = new Set<string>();

export function store(name: string): string {
  names.add(name);
  return name;
}
