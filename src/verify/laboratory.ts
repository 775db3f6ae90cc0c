import type { Check, TreeRun } from "../core/check.ts";
import type { FileChange } from "../core/edit.ts";
import { NightsweepError } from "../core/errors.ts";
import type { CandidateId, RepoPath } from "../core/names.ts";
import { findModules, handOver } from "../io/cage.ts";
import { removeDirectory } from "../io/files.ts";
import { showFile, writeTree } from "../io/git-tree.ts";
import { resetWorktree } from "../io/git-worktree.ts";
import { frozenInstall, refreshLockfile, type InstallRequest } from "../io/install.ts";
import type { PackageManager } from "../io/package-manager.ts";
import type { Toolchain } from "../io/toolchain.ts";
import { confirm, type Judged } from "./confirm.ts";
import { countVanishing, worseThan } from "./judge.ts";
import { runCheck, type Bench, type DetailedRun } from "./run-check.ts";

/** The work tree in which one tree after another is checked. */
export type Site = {
  readonly bench: Bench;
  readonly mirror: string;
  /** The base commit. */
  readonly base: string;
  readonly packageManagers: readonly PackageManager[];
  /** null: nothing was installed. */
  readonly toolchain: Toolchain | null;
  readonly installTimeoutMs: number;
  readonly onRun: (run: { readonly check: string; readonly tree: string }) => void;
};

/** A change with what follows from it in lock files, and the tree that the base becomes with it. */
export type Specimen = { readonly tree: string; readonly changes: readonly FileChange[] };

/** What was found out about a tree; `failure` is null when it survived. */
export type Finding = {
  readonly treeRun: TreeRun;
  readonly failure: {
    readonly check: string;
    readonly tail: string;
    readonly output: string;
    /** Tests that name nobody may still have failed by chance. */
    readonly isSure: boolean;
  } | null;
};

/** A check whose run at the base is known and can prove something. */
export type ProvenCheck = { readonly check: Check; readonly baseline: DetailedRun };

/** Ignored files that stay from tree to tree: what was installed, and settings without which nothing starts. */
const installed = ["node_modules", ".pnp.*", ".yarn", ".pnpm-store", ".env"];
const settings = [".env"];

/** How a tree is to be examined. */
type Examination = {
  readonly checks: readonly ProvenCheck[];
  readonly candidates: readonly CandidateId[];
  /** True when a failing output plainly names one of the candidates. */
  readonly accuses: (output: string) => boolean;
};

/** Checks trees one by one in a single work tree, and knows which dependencies are installed in it at the moment. */
export type Laboratory = {
  /** Writes the tree of a change; a change of package.json brings its lock file up to date first. */
  readonly prepare: (changes: readonly FileChange[]) => Promise<Specimen>;
  /** Runs every check in order until one is worse than at the base. */
  readonly examine: (specimen: Specimen, examination: Examination) => Promise<Finding>;
  /** Puts a tree in place, with the dependencies that it names. */
  readonly enter: (specimen: Specimen) => Promise<void>;
  /** Where checks of the tree that is in place are run. */
  readonly equip: () => Promise<Bench>;
};

/** Opens a laboratory in a work tree in which the base's own dependencies are installed. */
export function openLaboratory(site: Site): Laboratory {
  const { bench } = site;
  let installedFor = manifestKey([]);
  let modules: readonly string[] | undefined;
  const locks = new Map<string, readonly FileChange[]>();
  const enter = async (specimen: Specimen): Promise<void> => {
    const key = manifestKey(specimen.changes);
    const keep = key === installedFor ? installed : settings;
    await resetWorktree(bench.directory, specimen.tree, keep, bench.signal);
    await handOver(bench.cage, bench.directory);
    if (bench.layers !== null) await removeDirectory(bench.layers);
    if (key === installedFor) return;
    modules = undefined;
    // Until the install is complete the folder holds the dependencies of no tree at all.
    installedFor = "none";
    for (const request of installRequests(site)) await frozenInstall(request);
    installedFor = key;
  };
  const equip = async (): Promise<Bench> => ({
    ...bench,
    modules: (modules ??= await findModules(bench.directory)),
  });
  return {
    enter,
    equip,
    prepare: async (changes) => {
      const key = manifestKey(changes);
      const known = key === manifestKey([]) ? [] : locks.get(key);
      const followers = known ?? (await refreshLocks(changes, site));
      locks.set(key, followers);
      // Yarn 1 knows no way to write its lock file without installing as well.
      const installs = site.packageManagers.some(({ name, berry }) => name === "yarn" && !berry);
      if (known === undefined && installs) installedFor = "none";
      const all = [...changes, ...followers];
      return { tree: await writeTree(site.mirror, site.base, all, bench.signal), changes: all };
    },
    examine: async (specimen, examination) => {
      try {
        await enter(specimen);
      } catch (error) {
        return installFailure(error, specimen, examination.candidates);
      }
      return await examine(specimen, { ...examination, site: { ...site, bench: await equip() } });
    },
  };
}

/** Dependencies are a function of these files alone, so trees that agree in them share one install. */
function manifestKey(changes: readonly FileChange[]): string {
  const relevant = changes.filter(({ file }) => isManifest(file) || isLock(file));
  return JSON.stringify(relevant.toSorted((a, b) => (a.file < b.file ? -1 : 1)));
}

function isManifest(file: RepoPath): boolean {
  return /(^|\/)package\.json$/.test(file);
}

function isLock(file: RepoPath): boolean {
  return /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(file);
}

function installRequests({ bench, packageManagers, toolchain, installTimeoutMs }: Site): readonly InstallRequest[] {
  if (toolchain === null) return [];
  const { directory, cage, signal } = bench;
  const timeoutMs = installTimeoutMs;
  return packageManagers.map((packageManager) => ({ directory, packageManager, toolchain, cage, timeoutMs, signal }));
}

/** What the lock files become when package.json files change; it needs the changed files in the work tree. */
async function refreshLocks(changes: readonly FileChange[], site: Site): Promise<readonly FileChange[]> {
  const { mirror, base, bench } = site;
  const manifests = changes.filter(({ file }) => isManifest(file));
  const concerned = installRequests(site).filter(({ packageManager: { directory } }) =>
    manifests.some(({ file }) => file.startsWith(directory === "" ? "" : `${directory}/`)),
  );
  const locks: FileChange[] = [];
  for (const request of concerned) {
    const tree = await writeTree(mirror, base, changes, bench.signal);
    await resetWorktree(bench.directory, tree, installed, bench.signal);
    await handOver(bench.cage, bench.directory);
    const lock = await refreshLockfile(request);
    if (lock !== null) locks.push(lock);
  }
  return locks;
}

type Context = Examination & { readonly site: Site };

async function examine(specimen: Specimen, { checks, site, candidates, accuses }: Context): Promise<Finding> {
  const runs: DetailedRun[] = [];
  let failure: Finding["failure"] = null;
  for (const proven of checks) {
    const judge = await judgeOf(proven, specimen, site);
    const { attempts, reason } = await confirm(await judge(), judge, accuses);
    runs.push(...attempts.map(({ run }) => run));
    const last = runs.at(-1);
    if (reason === null || last === undefined) continue;
    const { name, kind } = proven.check;
    const isSure = kind !== "test" || accuses(last.output);
    failure = { check: name, tail: `${name}: ${reason}\n${last.run.tail}`, output: last.output, isSure };
    break;
  }
  const survived = failure === null;
  return { treeRun: { tree: specimen.tree, candidates, runs: runs.map(({ run }) => run), survived }, failure };
}

/** Runs a check and compares it with the base. */
async function judgeOf(
  { check, baseline }: ProvenCheck,
  specimen: Specimen,
  site: Site,
): Promise<() => Promise<Judged>> {
  const { mirror, base, bench } = site;
  const read = (file: RepoPath): Promise<string | undefined> => showFile(mirror, base, file, bench.signal);
  const mayVanish = check.kind === "test" ? await countVanishing(specimen.changes, baseline, read) : 0;
  return async () => {
    const run = await runCheck(check, bench);
    site.onRun({ check: check.name, tree: specimen.tree });
    return { run, reason: worseThan(baseline, run, mayVanish) };
  };
}

/** An install that only fails with the change is the change's fault; anything else that is thrown is not an answer. */
export function installFailure(error: unknown, specimen: Specimen, candidates: readonly CandidateId[]): Finding {
  if (!(error instanceof NightsweepError) || !/^INSTALL_/.test(error.code)) throw error;
  const output = `${error.message}\n${error.detail ?? ""}`;
  const treeRun = { tree: specimen.tree, candidates, runs: [], survived: false };
  return { treeRun, failure: { check: "install", tail: output, output, isSure: true } };
}
