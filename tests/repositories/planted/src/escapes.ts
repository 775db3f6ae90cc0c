import * as icons from "./icons.ts";
import * as runner from "./runner.ts";

type Runner = { run(): string; stop(): string };

/** The namespace object escapes as an interface: all of its members may be called. */
export function pickRunner(): Runner {
  return runner;
}

export function readIcon(name: string): string {
  return (icons as Record<string, string>)[name] ?? "";
}

export async function loadPlugin(name: string): Promise<unknown> {
  return import(`./plugins/${name}.ts`);
}

export function startWorker(): unknown {
  return new Worker(new URL("./worker.ts", import.meta.url));
}
