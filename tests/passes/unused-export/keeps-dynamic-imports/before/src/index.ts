import { join } from "node:path";

export async function load(name: string): Promise<unknown[]> {
  return [
    await import("./literal.ts"),
    await import(`./templates/${name}.ts`),
    await import(`./built/${name}.js`),
    await import("./added/" + name + ".ts"),
    await import(join(import.meta.dirname, "joined", name)),
    await import("./with space/fig.ts"),
  ];
}
