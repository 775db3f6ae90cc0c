import { join } from "node:path";
import type { Check } from "../core/check.ts";
import type { ChecksConfig } from "../core/config.ts";
import { NightsweepError } from "../core/errors.ts";
import { describeGrants, describeUnmet, grantedVariables, noGrants, type Grants } from "../core/grants.ts";
import type { RepoKey, RepoPath } from "../core/names.ts";
import type { Checkout, Installation } from "../core/stage.ts";
import { handOver, type Cage } from "../io/cage.ts";
import { copyIfAbsent, readTextIfPresent, temporaryWorkFolder } from "../io/files.ts";
import { updateMirror, renewMirror, type Mirror, type MirrorRequest } from "../io/git-mirror.ts";
import { addWorktree, isIgnored, listFiles, resolveCommit, type Worktree } from "../io/git-worktree.ts";
import type { GitCredentials } from "../io/git.ts";
import { repositoryLayer, repositoryPolicyFiles } from "../io/policy-file.ts";
import { readForeignText } from "../io/foreign-file.ts";
import { frozenInstall } from "../io/install.ts";
import { findNode } from "../io/node-version.ts";
import { findPackageManager, isLockfile, type PackageManager } from "../io/package-manager.ts";
import type { ResourceLimits, Sandbox } from "../io/sandbox.ts";
import { bareToolchain, prepareToolchain, type Toolchain } from "../io/toolchain.ts";
import { detectChecks } from "./detect-checks.ts";
import { chooseInstallRoots, contains, joinPath, listPackages, packageNamesOf, type Package } from "./packages.ts";

/** A repository at one commit in a folder of its own, which is removed when its block ends. */
export type CheckedOut = AsyncDisposable & {
  readonly record: Checkout;
  /** Absolute path of the work tree. */
  readonly directory: string;
  /** Absolute path of the bare mirror that the work tree belongs to. */
  readonly mirror: string;
  /** Regular files that git tracks and that are there, sorted. */
  readonly files: readonly RepoPath[];
  readonly packageManagers: readonly PackageManager[];
  /** null when nothing was installed. */
  readonly toolchain: Toolchain | null;
  /** Environment for the repository's checks. */
  readonly environment: Readonly<Record<string, string>>;
  readonly cage: Cage;
  /** Names of the packages that the repository contains or asks for. */
  readonly packageNames: ReadonlySet<string>;
};

/** What to check out and how far to prepare it. */
export type CheckoutRequest = {
  /** A URL, or a path relative to the current folder; a path is cloned and never touched. */
  readonly location: string;
  readonly key: RepoKey;
  readonly stateDirectory: string;
  /** Commit, tag or branch; the default is the tip of the remote's default branch. */
  readonly ref?: string;
  readonly install: boolean;
  readonly checks?: ChecksConfig;
  readonly installMinutes: number;
  readonly sandbox: Sandbox;
  readonly resources: ResourceLimits;
  /** Hosts (`name:port`) that the install may reach besides the registry. */
  readonly installHosts: readonly string[];
  /** What the operator gives to this repository's code; nothing when left out. */
  readonly grants?: Grants | undefined;
  readonly credentials?: GitCredentials | undefined;
  readonly signal: AbortSignal;
};

/**
 * Clones a repository, puts the commit into a work tree, installs its dependencies and finds its checks. A detached HEAD
 * of a local path is taken as it stands; its branch is then called `HEAD`.
 */
export async function checkOut(request: CheckoutRequest): Promise<CheckedOut> {
  const { signal, location } = request;
  await using resources = new AsyncDisposableStack();
  const mirror = await updateMirror(request);
  const base = await chooseBase(mirror, request);
  const worktree = resources.use(await openWorktree(mirror, base.commit, request));
  const { directory } = worktree;
  const files = (await listFiles(directory, signal)).filter((file) => !worktree.missing.includes(file));
  if (!files.some(isSource)) throw new NightsweepError("NO_SOURCE", location);
  const texts = await readTexts(directory, files);
  const packages = listPackages(files, (file) => texts.get(file));
  // Without an install nothing needs a lock file, so its absence stops nobody who only wants to look.
  const packageManagers = request.install ? await findPackageManagers(directory, packages, files) : [];
  await copyEnvironmentExamples(directory, packages, files, signal);
  // git writes the address into the mirror's configuration, with the password that it may have.
  const readable = /:\/\/[^/]*@/.test(location) ? null : mirror.directory;
  const { sandbox, resources: limits, installHosts, grants = noGrants } = request;
  const cage: Cage = { sandbox, limits, installHosts, grants, mirror: readable };
  await handOver(cage, directory);
  const installed = await install({ directory, packageManagers, cage }, request);
  const checks = findChecks({ packages, packageManagers, files, texts }, request);
  const { kind, because } = request.sandbox;
  const first = installed?.installations[0];
  const installation = first === undefined ? null : { ...first, ...installed?.brought };
  const given = describeGrants(grants);
  const record = {
    ...{ location, base, installation, checks, sandbox: { kind, because } },
    ...(given.length === 0 ? {} : { grants: given }),
    ...(await findUnmet(directory, files, grants)),
  };
  const toolchain = installed?.toolchain ?? null;
  const held = resources.move();
  return {
    record,
    directory,
    mirror: mirror.directory,
    files,
    packageManagers,
    toolchain,
    environment: { ...(toolchain ?? bareToolchain()).environment, ...grantedVariables(grants, process.env) },
    cage,
    packageNames: packageNamesOf(packages),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** A branch name is needed to propose anything, so a detached HEAD is first looked for among the branches. */
async function chooseBase(mirror: Mirror, request: CheckoutRequest): Promise<Checkout["base"]> {
  const { remote, local, directory } = mirror;
  const atHead = Object.keys(remote.branches).filter((name) => remote.branches[name] === remote.headCommit);
  const branch = remote.headBranch ?? (atHead.length === 1 ? atHead[0] : undefined);
  if (request.ref !== undefined) {
    const commit = await resolveCommit(directory, request.ref, request.location, request.signal);
    return { branch: branch ?? "HEAD", commit };
  }
  if (remote.headCommit !== null && (branch !== undefined || local))
    return { branch: branch ?? "HEAD", commit: remote.headCommit };
  const names = Object.keys(remote.branches).slice(0, 10).join(", ");
  throw new NightsweepError("NO_DEFAULT_BRANCH", `${request.location}; its branches are ${names}`);
}

async function openWorktree(mirror: Mirror, commit: string, request: CheckoutRequest): Promise<Worktree> {
  await using resources = new AsyncDisposableStack();
  const folder = resources.use(await temporaryWorkFolder(request.key));
  const directory = join(folder.path, request.key.replaceAll(".", "-"));
  const worktree = resources.use(await addOrRenew(mirror, commit, directory, request));
  const held = resources.move();
  return { ...worktree, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/** What cannot be read from the mirror is read from a new one; a source file that is missing there too stops it all. */
async function addOrRenew(
  mirror: Mirror,
  commit: string,
  directory: string,
  request: MirrorRequest,
): Promise<Worktree> {
  try {
    const worktree = await addWorktree(mirror.directory, commit, directory, request.signal);
    if (!worktree.missing.some(matters)) return worktree;
    await worktree[Symbol.asyncDispose]();
  } catch (error) {
    if (!(error instanceof NightsweepError) || error.code !== "GIT_FAILED") throw error;
  }
  await renewMirror(mirror, request);
  const worktree = await addWorktree(mirror.directory, commit, directory, request.signal);
  const lost = worktree.missing.find(matters);
  if (lost === undefined) return worktree;
  await worktree[Symbol.asyncDispose]();
  throw new NightsweepError("GIT_FAILED", `${request.location} lacks the content of ${lost}`);
}

function matters(file: RepoPath): boolean {
  return isSource(file) || file.endsWith(".json");
}

function isSource(file: RepoPath): boolean {
  return /\.([cm]?[jt]sx?|vue|svelte|astro)$/.test(file);
}

async function readTexts(directory: string, files: readonly RepoPath[]): Promise<ReadonlyMap<RepoPath, string>> {
  const wanted = files.filter((file) => /(^|\/)(package|tsconfig)\.json$/.test(file));
  const entries = await Promise.all(
    wanted.map(async (file) => [file, (await readTextIfPresent(join(directory, file))) ?? ""] as const),
  );
  return new Map(entries);
}

async function findPackageManagers(
  directory: string,
  packages: readonly Package[],
  files: readonly RepoPath[],
): Promise<readonly PackageManager[]> {
  const roots = chooseInstallRoots(packages, files, isLockfile);
  return Promise.all(roots.map((root) => findPackageManager(directory, root.directory, root.lockfiles)));
}

/** What the repository's own file asks for beyond what the operator gives. */
async function findUnmet(
  directory: string,
  files: readonly RepoPath[],
  grants: Grants,
): Promise<Pick<Checkout, "unmet">> {
  const present = repositoryPolicyFiles.filter((file) => files.includes(file));
  const texts = present.map(async (file) => ({ file, text: (await readForeignText(directory, file)) ?? "" }));
  const asks = repositoryLayer(await Promise.all(texts))?.asks;
  const unmet = asks === undefined ? [] : describeUnmet(asks, grants);
  return unmet.length === 0 ? {} : { unmet };
}

const ownNodeMajor = Number(process.versions.node.split(".")[0]);

type Installed = {
  readonly toolchain: Toolchain;
  readonly installations: readonly Installation[];
  readonly brought: Pick<Installation, "node">;
};

async function install(
  place: { readonly directory: string; readonly packageManagers: readonly PackageManager[]; readonly cage: Cage },
  request: CheckoutRequest,
): Promise<Installed | null> {
  const { directory, packageManagers, cage } = place;
  if (packageManagers.length === 0) return null;
  const timeoutMs = request.installMinutes * 60_000;
  const { signal, stateDirectory, key: repository } = request;
  const node = (await findNode(directory, ownNodeMajor)).specifier;
  const toolchain = await prepareToolchain({ packageManagers, node, stateDirectory, repository, timeoutMs, signal });
  const installations: Installation[] = [];
  for (const packageManager of packageManagers)
    installations.push(await frozenInstall({ directory, packageManager, toolchain, cage, timeoutMs, signal }));
  return { toolchain, installations, brought: node === null ? {} : { node } };
}

/** Many applications start and test only with a .env, and commit an example of it for exactly this moment. */
async function copyEnvironmentExamples(
  directory: string,
  packages: readonly Package[],
  files: readonly RepoPath[],
  signal: AbortSignal,
): Promise<void> {
  for (const one of packages) {
    const example = joinPath(one.directory, ".env.example");
    const target = joinPath(one.directory, ".env");
    if (files.includes(example) && (await isIgnored(directory, target, signal)))
      await copyIfAbsent(join(directory, example), join(directory, target));
  }
}

function findChecks(
  found: {
    readonly packages: readonly Package[];
    readonly packageManagers: readonly PackageManager[];
    readonly files: readonly RepoPath[];
    readonly texts: ReadonlyMap<RepoPath, string>;
  },
  request: CheckoutRequest,
): readonly Check[] {
  const { packages, packageManagers, files, texts } = found;
  const installed = packages.filter(
    (one) =>
      one.directory === "" ||
      packageManagers.length === 0 ||
      packageManagers.some((root) => contains(root.directory, one.directory)),
  );
  return detectChecks({
    packages: installed,
    files,
    read: (file) => texts.get(file),
    runnerOf: (directory) => packageManagers.find((root) => contains(root.directory, directory))?.name ?? "npm",
    config: request.checks,
  });
}
