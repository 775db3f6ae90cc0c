type Options = { readonly fruit: string; readonly grams: number; readonly open?: boolean };

export function weigh({ fruit, grams }: Options): string {
  return `${fruit} ${grams}`;
}

export const label = ({ fruit }: Options): string => fruit;
