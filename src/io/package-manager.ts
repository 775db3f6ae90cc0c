import { basename, join } from "node:path";
import { resolveCommand } from "package-manager-detector/commands";
import { LOCKS } from "package-manager-detector/constants";
import { normalizeAgentVersion, resolveAgent } from "package-manager-detector/detect";
import { z } from "zod";
import { NightsweepError } from "../core/errors.ts";
import type { RepoPath } from "../core/names.ts";
import { readTextIfPresent } from "./files.ts";

const names = ["npm", "pnpm", "yarn", "bun"] as const;
type Name = (typeof names)[number];

/** The package manager of one folder with a lock file, and what has to be brought to run it. */
export type PackageManager = {
  readonly name: Name;
  /** Yarn 2 and later share only the name with Yarn 1. */
  readonly berry: boolean;
  /** Exact version when the repository names one. */
  readonly version: string | null;
  /** What to ask the registry for, `pnpm@10`; null: the npm of the machine. */
  readonly specifier: string | null;
  /** null: there is none, and each install takes the newest versions that fit. */
  readonly lockfile: RepoPath | null;
  /** Folder of the package.json and the lock file, `""` for the top. */
  readonly directory: RepoPath;
};

const namedSchema = z.object({ name: z.string(), version: z.string().optional().catch(undefined) });
const manifestSchema = z.object({
  packageManager: z.string().optional().catch(undefined),
  devEngines: z
    .object({
      packageManager: z
        .union([namedSchema, z.array(namedSchema)])
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** True for the name of a lock file of a package manager that nightsweep can run. */
export function isLockfile(file: RepoPath): boolean {
  return lockOwner(file) !== undefined;
}

/**
 * Finds the package manager of a folder from its package.json and its lock files. Throws LOCKFILE_AMBIGUOUS when
 * several could be meant and nothing names one, LOCKFILE_MISSING when the named one has no lock file there.
 */
export async function findPackageManager(
  top: string,
  directory: RepoPath,
  lockfiles: readonly RepoPath[],
): Promise<PackageManager> {
  const manifest = (await readTextIfPresent(join(top, directory, "package.json"))) ?? "{}";
  const named = namedPackageManager(manifest);
  if (lockfiles.length === 0) return withoutLockfile(directory, named);
  const lockfile = chooseLockfile(directory, lockfiles, named?.name);
  const name = lockOwner(lockfile) ?? "npm";
  const text = (await readTextIfPresent(join(top, lockfile))) ?? "";
  const wanted = named?.name === name ? named.version : undefined;
  const berry = name === "yarn" && isBerry(text, wanted);
  const specifier = specifierOf(name, berry, wanted ?? versionFor(name, text));
  return { name, berry, version: exactly(wanted), specifier, lockfile, directory };
}

/** What to bring where neither a field nor a lock file says more; npm is there already. */
const newestOf = { npm: undefined, pnpm: "10", yarn: "1", bun: "1" } as const;

const npm: Named = { name: "npm" };

function withoutLockfile(directory: RepoPath, named: Named | undefined): PackageManager {
  const { name, version: wanted } = named ?? npm;
  const berry = name === "yarn" && isBerry("", wanted);
  const specifier = specifierOf(name, berry, wanted ?? newestOf[name]);
  return { name, berry, version: exactly(wanted), specifier, lockfile: null, directory };
}

function exactly(version: string | undefined): string | null {
  return version !== undefined && /^\d+\.\d+\.\d+$/.test(version) ? version : null;
}

/**
 * The install that takes what the lock file says and fails when that does not fit, or what package.json says where there
 * is none; no script of a package runs.
 */
export function frozenCommand(packageManager: PackageManager): [string, ...string[]] {
  const { name, berry, lockfile } = packageManager;
  if (lockfile === null) return unlockedCommand(packageManager);
  const agent = berry ? "yarn@berry" : name;
  const resolved = resolveCommand(agent, "frozen", berry ? ["--mode=skip-build"] : ["--ignore-scripts"]);
  return resolved === null ? [name, "install"] : [resolved.command, ...resolved.args];
}

function unlockedCommand({ name, berry }: PackageManager): [string, ...string[]] {
  if (berry) return ["yarn", "install", "--mode=skip-build", "--no-immutable"];
  switch (name) {
    case "npm":
      return ["npm", "install", "--no-package-lock", "--ignore-scripts"];
    case "pnpm":
      return ["pnpm", "install", "--no-lockfile", "--ignore-scripts"];
    case "yarn":
      return ["yarn", "install", "--no-lockfile", "--ignore-scripts"];
    case "bun":
      return ["bun", "install", "--no-save", "--ignore-scripts"];
  }
}

/** The command that runs the install scripts of these packages; npm can do it for Yarn 1 and bun, which cannot. */
export function buildCommand({ name, berry }: PackageManager, packages: readonly string[]): [string, ...string[]] {
  if (berry) return ["yarn", "rebuild", ...packages];
  // pnpm asks for its own list of packages that may be built, beside the names.
  if (name === "pnpm") return ["pnpm", "--config.dangerously-allow-all-builds=true", "rebuild", ...packages];
  return ["npm", "rebuild", ...packages];
}

/** The command that brings the lock file up to date and, where the manager can, touches nothing else. */
export function lockCommand({ name, berry }: PackageManager): [string, ...string[]] {
  if (berry) return ["yarn", "install", "--mode=update-lockfile", "--no-immutable"];
  switch (name) {
    case "npm":
      return ["npm", "install", "--package-lock-only", "--ignore-scripts"];
    case "pnpm":
      return ["pnpm", "install", "--lockfile-only", "--no-frozen-lockfile", "--ignore-scripts"];
    case "bun":
      return ["bun", "install", "--lockfile-only", "--ignore-scripts"];
    case "yarn":
      return ["yarn", "install", "--ignore-scripts"];
  }
}

function lockOwner(file: RepoPath): Name | undefined {
  const owner = LOCKS[basename(file)];
  return names.find((name) => name === owner);
}

function chooseLockfile(directory: RepoPath, lockfiles: readonly RepoPath[], named: string | undefined): RepoPath {
  const where = directory === "" ? "the top folder" : directory;
  const fitting = named === undefined ? lockfiles : lockfiles.filter((file) => lockOwner(file) === named);
  const owners = new Set(fitting.map(lockOwner));
  if (owners.size > 1) throw new NightsweepError("LOCKFILE_AMBIGUOUS", lockfiles.map((file) => file).join(", "));
  // npm-shrinkwrap.json wins over package-lock.json and the text form of bun's over the binary one, as their owners do.
  const chosen = fitting.toSorted((a, b) => rank(a) - rank(b))[0];
  if (chosen === undefined)
    throw new NightsweepError("LOCKFILE_MISSING", `${named ?? "npm"} in ${where} has no lock file`);
  return chosen;
}

function rank(file: RepoPath): number {
  return ["npm-shrinkwrap.json", "bun.lock"].includes(basename(file)) ? 0 : 1;
}

type Named = { readonly name: Name; readonly version?: string };

function namedPackageManager(text: string): Named | undefined {
  const { packageManager, devEngines } = manifestSchema.parse(JSON.parse(text.replace(/^\uFEFF/, "")));
  const engines = devEngines?.packageManager;
  const engine = Array.isArray(engines) ? engines[0] : engines;
  const [name, version] = packageManager?.replace(/^\^/, "").split("@") ?? [engine?.name, engine?.version];
  const known = names.find((one) => one === name);
  if (known === undefined) return undefined;
  const normal = normalizeAgentVersion(version);
  return normal === undefined || !/^\d+(\.\d+){0,2}$/.test(normal) ? { name: known } : { name: known, version: normal };
}

/** The detector calls every yarn.lock Yarn 1 when no field names the version; the lock file itself knows better. */
function isBerry(lock: string, version: string | undefined): boolean {
  return version === undefined ? /^__metadata:/m.test(lock) : resolveAgent("yarn", version)?.agent === "yarn@berry";
}

/** The version that wrote a lock file of this format, as far as the format tells. */
function versionFor(name: Name, lock: string): string | undefined {
  const format = Number(/^(?:lockfileVersion:|__metadata:\s+version:)\s*'?(\d+)/m.exec(lock)?.[1] ?? "0");
  switch (name) {
    case "npm":
      return undefined;
    case "pnpm":
      return format >= 9 ? "10" : format >= 6 ? "8" : "7";
    case "yarn":
      return format === 0 ? "1" : format >= 8 ? "4" : "3";
    case "bun":
      return "1";
  }
}

function specifierOf(name: Name, berry: boolean, version: string | undefined): string | null {
  if (version === undefined) return null;
  return berry ? `@yarnpkg/cli-dist@${version}` : `${name}@${version}`;
}
