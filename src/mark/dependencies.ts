import type { RepoPath } from "../core/names.ts";
import { readInstalledPackage } from "../io/installed-package.ts";
import { isReadableLockFile, readLockFile, type LockedPackage } from "../io/lock-file.ts";
import { readTreeText } from "../io/read-tree.ts";
import { collectCommandWords } from "./command-words.ts";
import type { UnusedDependency } from "./heap.ts";
import { dependenciesOf, impliedUse } from "./implied-uses.ts";
import type { TextFile } from "./mentions.ts";
import type { Module } from "./module.ts";
import { importedIn, isTemplate } from "./path-tokens.ts";
import { folderOf } from "./paths.ts";
import { packageName } from "./resolve.ts";
import type { Package } from "./units.ts";

/** A dependency that knip found no script, plug-in or configuration for. */
export type KnipDependency = { readonly manifest: RepoPath; readonly section: string; readonly name: string };

/** What is known of a repository when its dependencies are judged. */
type Known = {
  readonly directory: string;
  readonly files: readonly RepoPath[];
  readonly packages: ReadonlyMap<RepoPath, Package>;
  readonly modules: readonly Module[];
  readonly texts: readonly TextFile[];
  readonly unparsed: readonly TextFile[];
};

/**
 * What is left of the dependencies without a use in a configuration when those are taken out that code, templates or
 * styles import, that a command runs, that compilers and tools use unasked, that are patched, or that other packages ask for as a peer. What
 * brings programs of unknown names, or global types, is taken out too: its uses cannot be seen.
 */
export function describeDependencies(
  unconfigured: readonly KnipDependency[],
  known: Known,
): readonly UnusedDependency[] {
  const isImported = createImportIndex(known);
  const asked = unconfigured.filter(
    ({ name }) => !isImported(name) && impliedUse(name, { ...known, packages: known.packages.values() }) === null,
  );
  if (asked.length === 0) return duplicatesIn(known.packages);
  const locked = readLocks(known);
  const describe = (folder: RepoPath, name: string) =>
    readInstalledPackage(known.directory, folder, name) ?? locked.get(name) ?? null;
  const peers = findPeers(known.packages, locked, describe);
  const isStyled = createStyleIndex(known);
  const commands = collectCommandWords(known.packages.values(), known.texts);
  const unused = asked.flatMap(({ manifest, section, name }): readonly UnusedDependency[] => {
    const binaries = describe(folderOf(manifest), name)?.binaries ?? null;
    const isRun = [name, ...(binaries ?? [])].some((word) => commands.has(word));
    const isHeld =
      isRun || peers.has(name) || isPatched(name, known.files) || isAmbient(name, manifest, known) || isStyled(name);
    return binaries === null || isHeld ? [] : [{ manifest, section, name, binaries }];
  });
  return [...unused, ...duplicatesIn(known.packages)];
}

/** Tells whether any source file or template imports a package, or the one that it has the types of. */
function createImportIndex({ modules, texts, unparsed }: Known): (name: string) => boolean {
  const specifiers = new Set([
    ...modules.flatMap((module) => [
      ...module.statements.map(({ specifier }) => specifier),
      ...module.references.map(({ text }) => text),
    ]),
    ...texts.flatMap(({ file, text }) => (isTemplate(file) ? importedIn(text) : [])),
  ]);
  const packages = new Set([...specifiers].map(packageName));
  return (name) => {
    const runtime = runtimeOf(name);
    return (
      runtime === "node" ||
      packages.has(name) ||
      (runtime !== undefined && packages.has(runtime)) ||
      unparsed.some(({ text }) => text.includes(name))
    );
  };
}

/** The package that an `@types` package has the types of. */
function runtimeOf(name: string): string | undefined {
  const base = /^@types\/(.+)$/.exec(name)?.[1]?.replace("__", "/");
  return base?.includes("/") === true ? `@${base}` : base;
}

function readLocks({ directory, files }: Known): ReadonlyMap<string, LockedPackage> {
  const locks = files.filter(isReadableLockFile);
  return new Map(locks.flatMap((file) => [...readLockFile(file, readTreeText(directory, file) ?? "")]));
}

/** What installed or locked packages, and those of the repository, ask for as peers. */
function findPeers(
  packages: ReadonlyMap<RepoPath, Package>,
  locked: ReadonlyMap<string, LockedPackage>,
  describe: (folder: RepoPath, name: string) => LockedPackage | null,
): ReadonlySet<string> {
  const direct = [...packages.values()].flatMap(({ directory, manifest }) =>
    Object.keys(dependenciesOf(manifest)).flatMap((name) => describe(directory, name)?.peers ?? []),
  );
  return new Set([...direct, ...[...locked.values()].flatMap(({ peers }) => peers)]);
}

/** `patches/name+1.0.0.patch` and `.yarn/patches/name-npm-1.0.0.patch`. */
function isPatched(name: string, files: readonly RepoPath[]): boolean {
  const words = [name.replace("/", "+"), name.replace("/", "-"), name.replace("/", "__")];
  return files.some((file) => file.endsWith(".patch") && words.some((word) => file.includes(word)));
}

/** Global types are used without being named. What is not installed may have some. */
function isAmbient(name: string, manifest: RepoPath, { directory }: Known): boolean {
  if (!name.startsWith("@types/")) return false;
  const installed = readInstalledPackage(directory, folderOf(manifest), name);
  if (installed === null) return true;
  return (
    installed.types !== null &&
    (/\bdeclare global\b/.test(installed.types) || !/^(export|import)\b/m.test(installed.types))
  );
}

/** Styles import packages too; they are read only when a dependency depends on it. */
function createStyleIndex({ directory, files }: Known): (name: string) => boolean {
  let styles: string | undefined;
  return (name) => {
    styles ??= files
      .filter((file) => /\.(css|scss|sass|less|styl|pcss|postcss)$/.test(file))
      .map((file) => readTreeText(directory, file) ?? "")
      .join("\n");
    return styles.includes(name);
  };
}

/** What `dependencies` lists with the same range is in `devDependencies` for nothing. */
function duplicatesIn(packages: ReadonlyMap<RepoPath, Package>): readonly UnusedDependency[] {
  return [...packages.values()].flatMap(({ manifestFile, manifest: { dependencies = {}, devDependencies = {} } }) =>
    Object.entries(devDependencies).flatMap(([name, range]) =>
      dependencies[name] === range && typeof range === "string"
        ? [{ manifest: manifestFile, section: "devDependencies", name, binaries: [], isDuplicate: true }]
        : [],
    ),
  );
}
