import type { RepoPath } from "../core/names.ts";
import { readInstalledPackage } from "../io/installed-package.ts";
import type { UnusedDependency } from "./heap.ts";
import type { TextFile } from "./mentions.ts";
import type { Module } from "./module.ts";
import { folderOf } from "./paths.ts";
import type { Package } from "./units.ts";

/** A dependency that knip found no script, plug-in or configuration for. */
export type KnipDependency = { readonly manifest: RepoPath; readonly section: string; readonly name: string };

/** The source files of a repository, and those that could not be parsed. */
type Sources = { readonly modules: readonly Module[]; readonly unparsed: readonly TextFile[] };

/**
 * Leaves out what a source file imports, and adds to the rest what the installed packages say: programs may be run by a
 * name of their own, peers are used by others.
 */
export function describeDependencies(
  unconfigured: readonly KnipDependency[],
  sources: Sources,
  directory: string,
  packages: ReadonlyMap<RepoPath, Package>,
): readonly UnusedDependency[] {
  const isImported = createImportIndex(sources);
  const unused = unconfigured.filter(({ name }) => !isImported(name));
  const peers = unused.length === 0 ? new Map<string, readonly string[]>() : findPeers(directory, packages);
  return unused.map((dependency) => ({
    ...dependency,
    binaries: readInstalledPackage(directory, folderOf(dependency.manifest), dependency.name)?.binaries ?? null,
    peerOf: peers.get(dependency.name) ?? [],
  }));
}

/** Tells whether any source file names a package, or the one that it has the types of. */
function createImportIndex({ modules, unparsed }: Sources): (name: string) => boolean {
  const specifiers = new Set(
    modules.flatMap((module) => [
      ...module.statements.map(({ specifier }) => specifier),
      ...module.references.map(({ text }) => text),
    ]),
  );
  const packages = new Set([...specifiers].map(packageNameOf));
  return (name) => {
    const base = /^@types\/(.+)$/.exec(name)?.[1]?.replace("__", "/");
    const runtime = base === undefined ? undefined : base.includes("/") ? `@${base}` : base;
    return (
      runtime === "node" ||
      packages.has(name) ||
      (runtime !== undefined && packages.has(runtime)) ||
      unparsed.some(({ text }) => text.includes(name))
    );
  };
}

/** `@scope/name` of `@scope/name/file.js`, `name` of `name/file.js`. */
function packageNameOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** For each package that an installed dependency asks for as a peer, who asks. */
function findPeers(
  directory: string,
  packages: ReadonlyMap<RepoPath, Package>,
): ReadonlyMap<string, readonly string[]> {
  const peers = new Map<string, readonly string[]>();
  for (const { directory: folder, manifest } of packages.values()) {
    const names = Object.keys({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    });
    for (const [asker, peer] of names.flatMap((name) => peersOf(directory, folder, name)))
      peers.set(peer, [...(peers.get(peer) ?? []), asker]);
  }
  return peers;
}

function peersOf(directory: string, folder: RepoPath, name: string): readonly (readonly [string, string])[] {
  return (readInstalledPackage(directory, folder, name)?.peers ?? []).map((peer) => [name, peer] as const);
}
