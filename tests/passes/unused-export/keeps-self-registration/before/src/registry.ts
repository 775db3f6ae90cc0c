const actions = new Map<string, () => string>();

export function register<Action extends () => string>(name: string, action: Action): Action {
  actions.set(name, action);
  return action;
}

export const perform = (name: string): string | undefined => actions.get(name)?.();
