export const load = (name: string): Promise<unknown> => import(`./plugins/${name}.ts`);
