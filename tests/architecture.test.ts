import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

/** Which folders of `src/` a folder may import from, itself included; top-level files are "". */
const mayImport = {
  core: ["core"],
  io: ["core", "io"],
  mark: ["core", "io", "mark"],
  // What is written twice: found in the mark, asked for by passes.
  compact: ["core", "mark", "compact"],
  passes: ["core", "mark", "compact", "passes"],
  decide: ["core", "decide"],
  model: ["core", "model"],
  // A backtest is reckoned from points of the history that others made, under a policy.
  backtest: ["core", "decide", "backtest"],
  sweep: ["core", "sweep"],
  report: ["core", "report"],
  checkout: ["core", "io", "checkout"],
  verify: ["core", "io", "verify"],
  publish: ["core", "io", "publish"],
  // Its examples are the fixtures as diffs.
  docs: ["core", "io", "passes", "decide", "sweep", "docs"],
  commands: ["core", "io", "report", "docs", "backtest", "commands", ""],
  "": [
    "core",
    "io",
    "checkout",
    "mark",
    "compact",
    "passes",
    "decide",
    "model",
    "sweep",
    "verify",
    "publish",
    "report",
    "backtest",
    "commands",
    "",
  ],
} as const satisfies Record<string, readonly string[]>;

/**
 * The only files of `src/` itself that may import stages: `run-repo.ts` names them in their order, the others do one of
 * its steps, look at a repository without a night, or open the forges.
 */
const wiring = [
  "undo.ts",
  "run-repo.ts",
  "standing-night.ts",
  "find-candidates.ts",
  "find-keeps.ts",
  "inspect-candidates.ts",
  "describe-candidates.ts",
  "decide-tonight.ts",
  "name-batch.ts",
  "second-opinion.ts",
  "settle.ts",
  "look.ts",
  "policy-tools.ts",
  "simulate-policy.ts",
  "test-policies.ts",
  "explain-candidates.ts",
  "try-repository.ts",
  "night-plan.ts",
  "backtest-repository.ts",
];
const stageFolders = ["checkout", "mark", "compact", "passes", "decide", "model", "sweep", "verify", "publish"];

/** Which files own an outside package; nothing else may import it. */
const packageOwners = {
  "@commander-js/extra-typings": ["io/command-line.ts"],
  "@octokit/auth-app": ["io/github-tokens.ts"],
  // The second only names the type of what it is given.
  "@octokit/rest": ["io/github-connect.ts", "io/github-tokens.ts"],
  "d3-scale": ["report/site/plot.ts"],
  "@slack/socket-mode": ["io/slack-socket.ts"],
  "@slack/web-api": ["io/slack-client.ts"],
  "d3-shape": ["report/site/plot.ts"],
  diff: ["sweep/lines.ts"],
  esbuild: ["io/bundle.ts"],
  "get-tsconfig": ["io/tsconfig.ts"],
  "highlight.js": ["report/site/highlight.ts"],
  "jsonc-parser": ["sweep/json.ts"],
  knip: ["io/knip-child.ts"],
  // The second only has the type of a migration.
  kysely: ["io/database.ts", "io/migrations.ts"],
  openai: ["io/openai.ts"],
  "node-cron": ["io/schedule.ts"],
  "oxc-parser": ["mark/syntax.ts"],
  "package-manager-detector": ["io/package-manager.ts"],
  pg: ["io/postgres.ts"],
  "pg-boss": ["io/queue.ts"],
  picomatch: ["core/globs.ts"],
  pino: ["io/log.ts"],
  "simple-git": ["io/git.ts"],
  // The types of single places, in the mark where they are asked for.
  "ts-morph": ["mark/typed/checker.ts"],
  yaml: ["io/policy-yaml.ts"],
  zod: ["core/", "io/"],
} as const satisfies Record<string, readonly string[]>;

/** These only compute: a hash, a path, a table. Everything else of Node does something to the world. */
const pureBuiltins: ReadonlySet<string> = new Set(["node:crypto", "node:path/posix"]);
const pureFolders = ["core", "compact", "passes", "decide", "model", "sweep", "report", "backtest"];

type SourceFile = {
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
  /** Of the imports, those that are loaded with the file itself, types aside. */
  readonly loaded: readonly string[];
};

const sources = readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.split(path.sep).join("/"))
  .toSorted()
  .map((file) => readSource(file));

test("each folder imports only from the folders below it", () => {
  const wrong = sources.flatMap(({ file, imports }) =>
    imports
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => path.posix.join(path.posix.dirname(file), specifier))
      .filter((target) => !allowedFolders(file).includes(folderOf(target)))
      .map((target) => `${file} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("only the files that name the stages in order import them", () => {
  const wrong = sources
    .filter(({ file }) => folderOf(file) === "" && !wiring.includes(file))
    .flatMap(({ file, imports }) =>
      imports.filter((specifier) => stageFolders.includes(folderOf(specifier.replace(/^\.\//, "")))).map(() => file),
    );
  expect(wrong).toEqual([]);
});

test("each outside package has one owner", () => {
  const wrong = sources.flatMap(({ file, imports }) =>
    imports
      .filter((specifier) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
      .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier)
      .filter(
        (name) => !ownersOf(name).some((owner) => file === owner || (owner.endsWith("/") && file.startsWith(owner))),
      )
      .map((name) => `${file} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});

test("a command loads what does its work only when it is called", () => {
  const cheap =
    /^(?:\.\.\/core\/[\w-]+|\.\.\/backtest\/points|\.\.\/io\/command-line|node:[\w/]+|\.\/[\w-]+)(?:\.ts)?$/;
  const wrong = sources
    .filter(({ file }) => folderOf(file) === "commands" && file !== "commands/try-list.ts")
    .flatMap(({ file, loaded }) =>
      loaded.filter((specifier) => !cheap.test(specifier)).map((specifier) => `${file} loads ${specifier} at once`),
    );
  expect(wrong).toEqual([]);
});

describe.each(pureFolders)("%s does no I/O", (folder) => {
  const files = sources.filter(({ file }) => folderOf(file) === folder);

  test("imports nothing of Node that does", () => {
    const wrong = files.flatMap(({ file, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith("node:") && !pureBuiltins.has(specifier))
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test("reads neither the clock nor the environment", () => {
    const world = /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bprocess\.|\bfetch\(|\bMath\.random\(/;
    expect(files.filter(({ text }) => world.test(text)).map(({ file }) => file)).toEqual([]);
  });
});

test("no file is longer than 250 lines of code, and none has an absolute path of a machine", () => {
  const machine = /["'`](?:\/(?:home|root|work|Users)\/|[A-Z]:\\\\)/;
  const wrong = sources.flatMap(({ file, text }) => [
    ...(codeLines(text) > 250 ? [`${file} has ${codeLines(text)} lines`] : []),
    ...(machine.test(text) ? [`${file} names a path of a machine`] : []),
  ]);
  expect(wrong).toEqual([]);
});

test("every package of the table is a dependency, and every dependency is in the table", () => {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  // commander is only the run time of its typings, which are what is imported.
  expect(Object.keys(packageOwners).concat("commander").toSorted()).toEqual(dependenciesOf(manifest));
});

function dependenciesOf(manifest: unknown): readonly string[] {
  if (typeof manifest !== "object" || manifest === null || !("dependencies" in manifest)) return [];
  return Object.keys(manifest.dependencies ?? {}).toSorted();
}

function readSource(file: string): SourceFile {
  const text = readFileSync(path.join(root, "src", file), "utf8");
  const { module } = parseSync(file, text);
  const statements = [...module.staticImports, ...module.staticExports.flatMap(({ entries }) => entries)];
  const fixed = statements.flatMap(({ moduleRequest }) => (moduleRequest ? [moduleRequest.value] : []));
  const computed = module.dynamicImports.flatMap(({ moduleRequest }) => {
    const literal = /^["'](.+)["']$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    return literal?.[1] === undefined ? [] : [literal[1]];
  });
  const loaded = module.staticImports
    .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
    .map(({ moduleRequest }) => moduleRequest.value);
  return { file, text, imports: [...fixed, ...computed], loaded };
}

function folderOf(file: string): string {
  const [folder = "", rest] = file.split("/");
  return rest === undefined ? "" : folder;
}

function allowedFolders(file: string): readonly string[] {
  const folder = folderOf(file);
  return Object.entries(mayImport).find(([name]) => name === folder)?.[1] ?? [];
}

function ownersOf(name: string): readonly string[] {
  return Object.entries(packageOwners).find(([owned]) => owned === name)?.[1] ?? [];
}

function codeLines(text: string): number {
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  return withoutComments.split("\n").filter((line) => line.trim() !== "").length;
}
