import { readManifest, type Manifest } from "../core/manifest.ts";
import { NightsweepError } from "../core/errors.ts";
import type { RepoPath } from "../core/names.ts";

/** A folder with a package.json. */
export type Package = { readonly directory: RepoPath; readonly manifest: Manifest };

/** A folder whose dependencies are installed together. Without a lock file the newest versions that fit are taken. */
export type InstallRoot = { readonly directory: RepoPath; readonly lockfiles: readonly RepoPath[] };

/** Folders whose packages are material of tests, generators and documentation and not part of the product. */
const material =
  /(^|\/)(node_modules|fixtures?|__fixtures__|__tests__|tests?|e2e|examples?|templates?|testdata|vendor)(\/|$)/i;

/** More install roots than this in one repository are a collection of examples, not a product. */
const mostInstallRoots = 8;

/**
 * Lists the packages of a repository, the top-most first. Throws NO_PACKAGE_JSON when there is none, MANIFEST_INVALID when
 * one cannot be read, with the place of the fault.
 */
export function listPackages(
  files: readonly RepoPath[],
  read: (file: RepoPath) => string | undefined,
): readonly Package[] {
  const manifests = files.filter((file) => /(^|\/)package\.json$/.test(file) && !material.test(folderOf(file)));
  const packages = manifests.map((file) => ({ directory: folderOf(file), manifest: parse(file, read(file) ?? "") }));
  if (packages.length === 0) throw new NightsweepError("NO_PACKAGE_JSON", "no folder has one");
  return packages.toSorted((a, b) => depth(a.directory) - depth(b.directory) || (a.directory < b.directory ? -1 : 1));
}

/**
 * Chooses the folders to install: each top-most package with a lock file, and the top package when it has dependencies.
 * Where no package has a lock file, as in many libraries, the top-most ones with dependencies are installed without: all
 * trees of a night share that install, so what is compared is the same.
 */
export function chooseInstallRoots(
  packages: readonly Package[],
  files: readonly RepoPath[],
  isLockfile: (file: RepoPath) => boolean,
): readonly InstallRoot[] {
  const locks = files.filter(isLockfile);
  const roots: InstallRoot[] = [];
  for (const { directory } of packages) {
    const lockfiles = locks.filter((file) => folderOf(file) === directory);
    if (lockfiles.length > 0 && !roots.some((root) => contains(root.directory, directory)))
      roots.push({ directory, lockfiles });
  }
  const top = packages.find(({ directory }) => directory === "");
  const uncovered = top !== undefined && hasDependencies(top) && !roots.some(({ directory }) => directory === "");
  if (uncovered) return [{ directory: "", lockfiles: [] }, ...roots].slice(0, mostInstallRoots);
  return (roots.length > 0 ? roots : unlockedRoots(packages)).slice(0, mostInstallRoots);
}

/** A workspace is installed from its top, whether or not that depends on anything itself. */
function unlockedRoots(packages: readonly Package[]): readonly InstallRoot[] {
  const wanting = packages.filter(hasDependencies);
  const top = packages.find(({ directory, manifest }) => directory === "" && manifest.workspaces !== undefined);
  if (top !== undefined && wanting.length > 0) return [{ directory: "", lockfiles: [] }];
  const outer = wanting.filter(
    (one) => !wanting.some((other) => other !== one && contains(other.directory, one.directory)),
  );
  return outer.map(({ directory }) => ({ directory, lockfiles: [] }));
}

/** Names of the packages themselves and of everything that they depend on. */
export function packageNamesOf(packages: readonly Package[]): ReadonlySet<string> {
  const groups = packages.flatMap(({ manifest }) => [
    manifest.dependencies,
    manifest.devDependencies,
    manifest.peerDependencies,
    manifest.optionalDependencies,
  ]);
  const own = packages.flatMap(({ manifest }) => manifest.name ?? []);
  return new Set([...own, ...groups.flatMap((group) => Object.keys(group ?? {}))]);
}

/** True when `inner` is `outer` or lies in it; both are folders, `""` is the top. */
export function contains(outer: RepoPath, inner: RepoPath): boolean {
  return outer === "" || inner === outer || inner.startsWith(`${outer}/`);
}

/** Joins a folder and a name below it; the top folder is `""`. */
export function joinPath(directory: RepoPath, name: string): RepoPath {
  return directory === "" ? name : `${directory}/${name}`;
}

/** True when a package names anything that would have to be installed. */
function hasDependencies({ manifest }: Package): boolean {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
  const all = [dependencies, devDependencies, optionalDependencies, peerDependencies];
  return all.some((one) => one !== undefined && Object.keys(one).length > 0);
}

function folderOf(file: RepoPath): RepoPath {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

function depth(directory: RepoPath): number {
  return directory === "" ? 0 : directory.split("/").length;
}

function parse(file: RepoPath, text: string): Manifest {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new NightsweepError("MANIFEST_INVALID", file, { detail, cause });
  }
  const manifest = readManifest(text);
  if (manifest === null) throw new NightsweepError("MANIFEST_INVALID", file, { detail: "it is not an object" });
  return manifest;
}
