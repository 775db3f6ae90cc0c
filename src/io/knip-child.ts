/*
 * Runs inside a child process, since knip's plugins execute configuration files of the repository. It calls knip's own
 * session for one package root after the other and appends what the mark needs as lines of JSON to the file named by the
 * first argument, so that a configuration that ends the process loses its own package root only. The internals it leans
 * on (session options, WorkspaceWorker.runPlugins, ProjectPrincipal.walkAndAnalyze) are pinned by the exact version and by
 * tests/io/knip.test.ts.
 */
import { appendFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { KnipIgnore } from "../core/knip-ignores.ts";
import { describeIgnore, describeTags } from "./knip-ignore.ts";
import { describeEntries, type KnipInput } from "./knip-inputs.ts";

type Callable = (this: unknown, ...args: readonly unknown[]) => unknown;

const [, , outputFile = "", mostRoots = "", ...directories] = process.argv;
const knip = new URL(".", import.meta.resolve("knip"));
let directory = "";
let inputs: KnipInput[] = [];
let faults: string[] = [];
let ignores: KnipIgnore[] = [];

collectFaults();
await captureInputs();
await leaveSourcesOut();
const createOptions = await exported("session/index.js", "createOptions");
const run = await exported("run.js", "run");
const covered = new Set<string>();
let left = Number(mostRoots);
for (const next of directories) {
  if (covered.has(next) || left === 0) continue;
  left -= 1;
  directory = next;
  inputs = [];
  faults = [];
  ignores = [];
  write({ kind: "begun", directory });
  try {
    write({ kind: "answered", directory, ...(await ask()) });
  } catch (error) {
    write({ kind: "failed", directory, reason: error instanceof Error ? error.message : String(error) });
  }
}
// knip leaves handles open.
process.exit(0);

async function ask(): Promise<object> {
  process.chdir(directory);
  const options = await createOptions.call(undefined, {
    cwd: directory,
    isSession: true,
    isShowProgress: false,
    isProduction: false,
  });
  const config = record(record(options)["parsedConfig"] ?? {});
  const outcome = record(await run.call(undefined, options));
  const session = record(outcome["session"]);
  const paths = await method(session, "getEntryPaths").call(session);
  if (!(paths instanceof Set)) throw new TypeError("knip: getEntryPaths() is no longer a Set");
  const results = record(outcome["results"]);
  const workspaces = texts(results["includedWorkspaceDirs"]);
  for (const workspace of [directory, ...workspaces]) covered.add(workspace);
  return {
    entries: describeEntries([...paths].map(String), inputs, toRootPath),
    unusedDependencies: ["dependencies", "devDependencies"].flatMap((section) =>
      issueSymbols(record(results["issues"])[section], section),
    ),
    workspaces: workspaces.map(toRootPath),
    configErrors: faults,
    ignores: { packages: [...ignores, describeIgnore(config, "")], ...describeTags(record(options)["tags"]) },
  };
}

function write(line: object): void {
  appendFileSync(outputFile, `${JSON.stringify(line)}\n`);
}

/** knip says on the console which configuration did not load, and goes on. */
function collectFaults(): void {
  const error = (...words: readonly unknown[]): void => {
    const said = words.map(String).join(" ");
    const fault = /Error loading ([\s\S]*)/.exec(said)?.[1];
    if (fault !== undefined) faults.push(fault.replaceAll(`${directory}/`, ""));
    process.stderr.write(`${said}\n`);
  };
  Object.assign(globalThis.console, { error });
}

/** Wraps the method in which every plugin says what it found, to learn why an entry is one. */
async function captureInputs(): Promise<void> {
  const worker = record((await importKnip("WorkspaceWorker.js"))["WorkspaceWorker"]);
  const prototype = record(worker["prototype"]);
  const isDefault = await exported("ConfigurationChief.js", "isDefaultPattern");
  const runPlugins = prototype["runPlugins"];
  if (typeof runPlugins !== "function")
    throw new TypeError("knip: WorkspaceWorker.runPlugins is gone; the pinned version changed");
  Object.assign(prototype, {
    async runPlugins(this: unknown) {
      const found: unknown = await Reflect.apply(runPlugins, this, []);
      const workspace = String(record(this)["dir"]);
      if (Array.isArray(found)) for (const input of found) inputs.push(toInput(record(input), workspace));
      const config = record(record(this)["config"]);
      ignores.push(describeIgnore(config, toRootPath(workspace)));
      const entries = texts(config["entry"]);
      const own = entries.filter((pattern) => isDefault.call(undefined, "entry", pattern) !== true);
      const tells = own.some((pattern) => pattern.endsWith("!"));
      for (const pattern of own) {
        const production = !tells || pattern.endsWith("!");
        inputs.push({ pattern, production, from: "the configuration of knip", directory: workspace });
      }
      return found;
    },
  });
}

/**
 * knip would parse every source file to follow its imports, half of its time or more; the mark does that itself. So the
 * dependencies that it calls unused are those that no script, plug-in or configuration uses.
 */
async function leaveSourcesOut(): Promise<void> {
  const prototype = record(record((await importKnip("ProjectPrincipal.js"))["ProjectPrincipal"])["prototype"]);
  if (typeof prototype["walkAndAnalyze"] !== "function")
    throw new TypeError("knip: ProjectPrincipal.walkAndAnalyze is gone; the pinned version changed");
  Object.assign(prototype, { walkAndAnalyze: () => Promise.resolve() });
}

function toInput(input: Readonly<Record<string, unknown>>, workspace: string): KnipInput {
  const from = typeof input["containingFilePath"] === "string" ? input["containingFilePath"] : "";
  return {
    pattern: String(input["specifier"]),
    production: input["production"] === true,
    from: from === "" ? "" : toRootPath(from),
    directory: workspace,
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** knip keeps issues as file -> symbol -> issue. */
function issueSymbols(byFile: unknown, section: string): readonly object[] {
  if (typeof byFile !== "object" || byFile === null) return [];
  return Object.entries(byFile).flatMap(([file, bySymbol]) =>
    Object.keys(record(bySymbol)).map((name) => ({ manifest: toRootPath(join(directory, file)), section, name })),
  );
}

function toRootPath(path: string): string {
  return relative(directory, path).replaceAll(sep, "/");
}

async function importKnip(file: string): Promise<Readonly<Record<string, unknown>>> {
  const module: unknown = await import(new URL(file, knip).href);
  return record(module);
}

async function exported(file: string, name: string): Promise<Callable> {
  return method(await importKnip(file), name);
}

function method(holder: Readonly<Record<string, unknown>>, name: string): Callable {
  const value = holder[name];
  if (typeof value !== "function") throw new TypeError(`knip: ${name} is gone; the pinned version changed`);
  return (...args) => Reflect.apply(value, holder, args) as unknown;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null)
    throw new TypeError("knip: an object is missing");
  return value as Readonly<Record<string, unknown>>;
}
