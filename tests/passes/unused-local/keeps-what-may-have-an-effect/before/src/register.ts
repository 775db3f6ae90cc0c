const names: unknown[] = [];

export function register(name: unknown): any {
  names.push(name);
  return names;
}
