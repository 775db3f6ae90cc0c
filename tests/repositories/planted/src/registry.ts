export const registry = new Map<string, () => string>();

export function register(name: string, action: () => string): () => string {
  registry.set(name, action);
  return action;
}
