/*
 * Runs inside a child process, since knip's plugins execute configuration files of the repository. It calls knip's own
 * session and writes what the mark needs as JSON to the file named by the second argument. The internals it leans on
 * (session options, WorkspaceWorker.runPlugins, ProjectPrincipal.walkAndAnalyze) are pinned by the exact version and by
 * tests/io/knip.test.ts.
 */
import { writeFileSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { compileGlobs } from "../core/globs.ts";

type Input = {
  readonly pattern: string;
  readonly production: boolean;
  readonly from: string;
  readonly directory: string;
};
type Callable = (this: unknown, ...args: readonly unknown[]) => unknown;

const [, , directory = ".", outputFile = ""] = process.argv;
const knip = new URL(".", import.meta.resolve("knip"));
const inputs: Input[] = [];

await captureInputs();
await leaveSourcesOut();
const createOptions = await exported("session/index.js", "createOptions");
const run = await exported("run.js", "run");
const options = await createOptions.call(undefined, {
  cwd: directory,
  isSession: true,
  isShowProgress: false,
  isProduction: false,
});
const outcome = record(await run.call(undefined, options));
const session = record(outcome["session"]);
const entryPaths = await method(session, "getEntryPaths").call(session);
writeFileSync(
  outputFile,
  JSON.stringify({ entries: describeEntries(entryPaths), ...describeResults(record(outcome["results"])) }),
);
// knip leaves handles open.
process.exit(0);

/** Wraps the method in which every plugin says what it found, to learn why an entry is one. */
async function captureInputs(): Promise<void> {
  const worker = record((await importKnip("WorkspaceWorker.js"))["WorkspaceWorker"]);
  const prototype = record(worker["prototype"]);
  const runPlugins = prototype["runPlugins"];
  if (typeof runPlugins !== "function")
    throw new TypeError("knip: WorkspaceWorker.runPlugins is gone; the pinned version changed");
  Object.assign(prototype, {
    async runPlugins(this: unknown) {
      const found: unknown = await Reflect.apply(runPlugins, this, []);
      const workspace = String(record(this)["dir"]);
      if (Array.isArray(found)) for (const input of found) inputs.push(toInput(record(input), workspace));
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

function toInput(input: Readonly<Record<string, unknown>>, workspace: string): Input {
  const from = typeof input["containingFilePath"] === "string" ? input["containingFilePath"] : "";
  return {
    pattern: String(input["specifier"]),
    production: input["production"] === true,
    from: from === "" ? "" : toRepoPath(from),
    directory: workspace,
  };
}

function describeEntries(paths: unknown): readonly object[] {
  if (!(paths instanceof Set)) throw new TypeError("knip: getEntryPaths() is no longer a Set");
  const matchers = inputs.map((input) => ({ input, matches: matcherOf(input) }));
  return [...paths].map(String).map((path) => {
    const sources = matchers.filter(({ matches }) => matches(path)).map(({ input }) => input);
    const source = sources.find((input) => input.production) ?? sources[0];
    if (source === undefined)
      return { file: toRepoPath(path), production: true, reason: "package.json or knip's entry patterns" };
    const place = source.from === "" ? toRepoPath(source.pattern) : source.from;
    return {
      file: toRepoPath(path),
      production: source.production,
      reason: `knip: ${patternOf(source, path)}(${place})`,
    };
  });
}

/** The pattern by which knip found a path, unless that is the path itself. */
function patternOf({ pattern }: Input, path: string): string {
  if (pattern === path) return "";
  return `${isAbsolute(pattern) ? toRepoPath(pattern) : pattern} `;
}

function matcherOf(input: Input): (path: string) => boolean {
  if (input.pattern.startsWith("!")) return () => false;
  const pattern = input.pattern.replace(/!$/, "");
  // Some plugins name a file or a glob by its absolute path; a name like [slug].ts is a file and no glob.
  const local = isAbsolute(pattern) ? relative(input.directory, pattern) : pattern.replace(/^\.\//, "");
  const matches = compileGlobs([local.replaceAll(sep, "/")]);
  return (path) =>
    path === pattern ||
    (path.startsWith(input.directory + sep) && matches(relative(input.directory, path).replaceAll(sep, "/")));
}

function describeResults(results: Readonly<Record<string, unknown>>): object {
  const issues = record(results["issues"]);
  return {
    hasConfigLoadErrors: results["hasConfigLoadErrors"] === true,
    unusedDependencies: ["dependencies", "devDependencies"].flatMap((section) =>
      issueSymbols(issues[section], section),
    ),
    workspaces: texts(results["includedWorkspaceDirs"]).map(toRepoPath),
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** knip keeps issues as file -> symbol -> issue. */
function issueSymbols(byFile: unknown, section: string): readonly object[] {
  if (typeof byFile !== "object" || byFile === null) return [];
  return Object.entries(byFile).flatMap(([file, bySymbol]) =>
    Object.keys(record(bySymbol)).map((name) => ({ manifest: toRepoPath(join(directory, file)), section, name })),
  );
}

function toRepoPath(path: string): string {
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
