import type { Check, CheckKind } from "../core/check.ts";
import type { ChecksConfig } from "../core/config.ts";
import { NightsweepError } from "../core/errors.ts";
import type { RepoPath } from "../core/names.ts";
import { contains, joinPath, type Package } from "./packages.ts";

/** What the checks of a repository are read from. */
export type ChecksRequest = {
  readonly packages: readonly Package[];
  readonly files: readonly RepoPath[];
  readonly read: (file: RepoPath) => string | undefined;
  /** The package manager that runs the scripts of a folder. */
  readonly runnerOf: (directory: RepoPath) => Runner;
  readonly config: ChecksConfig | undefined;
};

/** The program that runs scripts; Yarn and pnpm hand on options as they are, npm only after `--`. */
export type Runner = "npm" | "pnpm" | "yarn" | "bun";

/** A workspace without scripts at its top is checked package by package, up to this many of one kind. */
const mostOfAKind = 20;

/** Names that people give to the script, the best known first; tools that only name the compiler come last. */
const scriptNames = {
  typecheck: [
    "typecheck",
    "type-check",
    "check-types",
    "check:types",
    "types:check",
    "test:types",
    "test:typecheck",
    "lint:types",
    "check:ts",
    "ts:check",
    "tsc",
    "types",
  ],
  test: ["test", "test:unit", "test:run", "test:ci", "unit", "vitest", "jest", "mocha"],
  build: ["build"],
} as const satisfies Record<CheckKind, readonly string[]>;

/**
 * Finds the repository's own type checks, tests and builds. A script at the top speaks for the whole repository; without
 * one the packages below are asked, and without any type check script the compiler is run where a tsconfig.json is.
 * Throws CHECKS_MISSING when the configuration names a script that does not exist.
 */
export function detectChecks(request: ChecksRequest): readonly Check[] {
  const typecheck = configured("typecheck", request) ?? detectTypecheck(request);
  const build = configured("build", request) ?? scriptsBelow("build", "", request);
  const test = configured("test", request) ?? scriptsBelow("test", "", request);
  const distinct = build.filter((one) => !typecheck.some((other) => sameScript(one, other, request)));
  const prepare = configured("build", request, "prepare") ?? [];
  return [...prepare, ...typecheck, ...distinct, ...test];
}

function configured(
  kind: CheckKind,
  request: ChecksRequest,
  field: keyof ChecksConfig = kind,
): readonly Check[] | undefined {
  const wish = request.config?.[field];
  if (wish === undefined) return undefined;
  if (wish === false) return [];
  if (typeof wish !== "string") {
    const [program = "", ...words] = wish;
    return [
      { kind, name: wish.join(" "), command: [program, ...words], directory: "", source: "daemon.config.ts checks" },
    ];
  }
  const top = request.packages.filter((one) => isTopMost(one, request.packages));
  const owners = top.filter(({ manifest }) => manifest.scripts?.[wish] !== undefined);
  if (owners.length === 0) {
    const known = top.flatMap(({ manifest }) => Object.keys(manifest.scripts ?? {}));
    throw new NightsweepError("CHECKS_MISSING", `checks.${field} "${wish}"; the scripts are ${known.join(", ")}`);
  }
  return owners.map((owner) => scriptCheck(kind, owner, wish, request));
}

function isTopMost(one: Package, packages: readonly Package[]): boolean {
  return !packages.some((other) => other !== one && contains(other.directory, one.directory));
}

/** The check of a folder's own package, else those of the packages below it. */
function scriptsBelow(kind: CheckKind, directory: RepoPath, request: ChecksRequest): readonly Check[] {
  const own = request.packages.find((one) => one.directory === directory);
  const name = own === undefined ? undefined : chooseScript(kind, own);
  if (own !== undefined && name !== undefined) return [scriptCheck(kind, own, name, request)];
  const below = request.packages.filter((one) => one.directory !== directory && contains(directory, one.directory));
  const nearest = below.filter((one) => isTopMost(one, below));
  return nearest.flatMap((one) => scriptsBelow(kind, one.directory, request)).slice(0, mostOfAKind);
}

function chooseScript(kind: CheckKind, { manifest }: Package): string | undefined {
  const scripts = manifest.scripts ?? {};
  return scriptNames[kind].find((name) => {
    const script = scripts[name];
    return script !== undefined && isUsable(kind, name, script);
  });
}

function isUsable(kind: CheckKind, name: string, script: string): boolean {
  if (script.trim() === "" || /no test specified/i.test(script) || /^\s*(exit 0|true|:)\s*$/.test(script)) return false;
  if (/\s(--watch|--watchAll|-w)(\s|$)|\b(vitest|jest)\s+(watch|dev)\b|--ui\b/.test(script)) return false;
  // A script called types or tsc may as well generate types or start something: it has to run a compiler to count.
  if (kind === "typecheck" && ["types", "tsc"].includes(name)) return /\b(vue-)?tsc\b|\btsgo\b/.test(script);
  return true;
}

function scriptCheck(kind: CheckKind, { directory }: Package, script: string, request: ChecksRequest): Check {
  const command = [request.runnerOf(directory), "run", script] as const;
  return {
    kind,
    name: named(command.join(" "), directory),
    command,
    directory,
    source: `${joinPath(directory, "package.json")} scripts.${script}`,
  };
}

function detectTypecheck(request: ChecksRequest): readonly Check[] {
  const scripts = scriptsBelow("typecheck", "", request);
  if (scripts.length > 0) return scripts;
  const typed = request.packages.filter(
    ({ directory }) => request.files.includes(joinPath(directory, "tsconfig.json")) && hasCompiler(directory, request),
  );
  const top = typed.filter((one) => isTopMost(one, typed));
  // The tsconfig.json at the top of a workspace is often only a base that the others extend: it checks nothing itself.
  const meant = top.flatMap((one) => (hasInputs(one, request) ? [one] : nearestBelow(one, typed)));
  return meant.slice(0, mostOfAKind).map(({ directory }) => compilerCheck(directory, request));
}

function nearestBelow(top: Package, packages: readonly Package[]): readonly Package[] {
  const below = packages.filter((one) => one !== top && contains(top.directory, one.directory));
  return below.filter((one) => isTopMost(one, below));
}

/** TypeScript is a dependency of the package itself or of one above it, which is where installs put it. */
function hasCompiler(directory: RepoPath, { packages }: ChecksRequest): boolean {
  return packages.some(
    (one) =>
      contains(one.directory, directory) &&
      [one.manifest.dependencies, one.manifest.devDependencies].some((group) => group?.["typescript"] !== undefined),
  );
}

/** Comments may stand anywhere in a tsconfig.json, so its few telling keys are looked for in the text. */
function hasInputs({ directory }: Package, { read, files }: ChecksRequest): boolean {
  const text = read(joinPath(directory, "tsconfig.json")) ?? "";
  if (/"(include|files|references|extends)"\s*:/.test(text)) return true;
  return files.some((file) => contains(joinPath(directory, "src"), file) && /\.[cm]?tsx?$/.test(file));
}

function compilerCheck(directory: RepoPath, request: ChecksRequest): Check {
  const text = request.read(joinPath(directory, "tsconfig.json")) ?? "";
  const onlyReferences = /"references"\s*:/.test(text) && /"files"\s*:\s*\[\s*\]/.test(text);
  const words = onlyReferences ? ["tsc", "-b"] : ["tsc", "--noEmit", "-p", "tsconfig.json"];
  const command = [...runBinary[request.runnerOf(directory)], ...words] as const;
  const source = joinPath(directory, "tsconfig.json");
  return { kind: "typecheck", name: named(words.join(" "), directory), command, directory, source };
}

/** How each package manager runs a program of the installed packages, and never one that it would have to fetch. */
const runBinary = {
  npm: ["npx", "--no-install"],
  pnpm: ["pnpm", "exec"],
  yarn: ["yarn", "run"],
  bun: ["bun", "run"],
} as const satisfies Record<Runner, readonly [string, ...string[]]>;

function named(command: string, directory: RepoPath): string {
  return directory === "" ? command : `${command} (${directory})`;
}

function sameScript(one: Check, other: Check, { packages }: ChecksRequest): boolean {
  const text = ({ directory, command }: Check): string | undefined =>
    packages.find((candidate) => candidate.directory === directory)?.manifest.scripts?.[command.at(-1) ?? ""];
  return one.directory === other.directory && text(one) !== undefined && text(one) === text(other);
}
