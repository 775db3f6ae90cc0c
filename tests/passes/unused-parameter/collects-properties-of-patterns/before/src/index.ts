type Options = { readonly fruit: string; readonly grams: number; readonly open?: boolean };

export function weigh({ fruit, grams, open = false }: Options): string {
  return `${fruit} ${grams}`;
}

export const label = ({ fruit, grams: size }: Options): string => fruit;
