import { createContext, Script, SourceTextModule, type Module } from "node:vm";
import { posix } from "node:path";
import type { Tree } from "../passes/fixtures.ts";

/** What running a program showed: the lines that it printed, and how its loading ended. */
export type Observation = {
  readonly lines: readonly string[];
  readonly end: "done" | "not-linked" | "crashed" | "hangs";
  readonly error: string;
};

let printed: string[] = [];
/** One context for all programs, since making one costs more than running a program; none of them changes a global. */
const context = createContext({
  console: {
    log: (...values: readonly unknown[]) => printed.push(values.map((value) => show(value, 4)).join(" ")),
  },
});

/** Runs the entry of a program with real ES modules. Needs `--experimental-vm-modules`. */
export async function evaluate(tree: Tree, entry: string): Promise<Observation> {
  printed = [];
  const modules = new Map<string, SourceTextModule>();
  const open = (file: string): SourceTextModule => {
    const known = modules.get(file);
    if (known !== undefined) return known;
    const text = tree[file];
    if (text === undefined) throw new Error(`there is no ${file}`);
    const module = new SourceTextModule(text, {
      context,
      identifier: file,
      importModuleDynamically: async (specifier) => start(open(resolve(file, specifier))),
    });
    modules.set(file, module);
    return module;
  };
  const link = (specifier: string, from: Module): Module => open(resolve(from.identifier, specifier));
  // One after the other: two imports at once may meet in a module that the other one is still linking.
  let linking: Promise<void> = Promise.resolve();
  const start = async (module: SourceTextModule): Promise<Module> => {
    linking = linking.then(() => (module.status === "unlinked" ? module.link(link) : undefined));
    await linking;
    await module.evaluate();
    return module;
  };
  let end: Observation["end"] = "not-linked";
  try {
    // Parsed beforehand, so that a file that nothing loads any more has to parse as well.
    for (const file of Object.keys(tree)) if (file.startsWith("src/")) open(file);
    const main = open(entry);
    await main.link(link);
    end = "crashed";
    const isDone = await Promise.race([main.evaluate().then(() => true), idle()]);
    if (!isDone) return { lines: printed, end: "hangs", error: "the entry waits for itself" };
    printed.push(`public ${show(main.namespace, 4)}`);
    return { lines: printed, end: "done", error: "" };
  } catch (error) {
    return { lines: printed, end, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Runs the entry of a program of CommonJS modules. */
export function evaluateCommonJs(tree: Tree, entry: string): Observation {
  printed = [];
  const loaded = new Map<string, { exports: unknown }>();
  const compile = (file: string): unknown => {
    const wrapped = `(function (exports, require, module) { "use strict"; ${tree[file] ?? "throw new Error('missing')"}\n})`;
    const compiled: unknown = new Script(wrapped, { filename: file }).runInContext(context);
    return compiled;
  };
  const load = (file: string): unknown => {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(file, module);
    const run = compile(file);
    const require = (specifier: string) => load(resolve(file, specifier));
    if (typeof run === "function") Reflect.apply(run, undefined, [module.exports, require, module]);
    return module.exports;
  };
  let end: Observation["end"] = "not-linked";
  try {
    for (const file of Object.keys(tree)) if (file.startsWith("src/")) compile(file);
    end = "crashed";
    printed.push(`public ${show(load(entry), 4)}`);
    return { lines: printed, end: "done", error: "" };
  } catch (error) {
    return { lines: printed, end, error: messageOf(error) };
  }
}

/** An error of another context is no instance of our own. */
function messageOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
}

/** A program does nothing but wait for its own modules, so one turn of the event loop is all it can need. */
async function idle(): Promise<false> {
  await new Promise((done) => setImmediate(done));
  return false;
}

function resolve(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier);
}

/** A value as text; the text of a function is left out, since taking an unused local out of it changes that. */
function show(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value);
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return String(value);
  const own = Object.keys(value)
    .sort()
    .map((key) => `${key}: ${depth === 0 ? "…" : show(readProperty(value, key), depth - 1)}`);
  return `${typeof value}{${own.join(", ")}}`;
}

function readProperty(value: object, key: string): unknown {
  try {
    const found: unknown = Reflect.get(value, key);
    return found;
  } catch (error) {
    return `error ${String(error)}`;
  }
}
