import type { RepoPath } from "../core/names.ts";
import { readInstalledPackage } from "../io/installed-package.ts";
import type { UnusedDependency } from "./heap.ts";
import { folderOf } from "./paths.ts";
import type { Package } from "./units.ts";

/** A dependency for which knip found no use. */
export type KnipDependency = { readonly manifest: RepoPath; readonly section: string; readonly name: string };

/** Adds what the installed packages say: programs may be run by a name of their own, peers are used by others. */
export function describeDependencies(
  unused: readonly KnipDependency[],
  directory: string,
  packages: ReadonlyMap<RepoPath, Package>,
): readonly UnusedDependency[] {
  const peers = unused.length === 0 ? new Map<string, readonly string[]>() : findPeers(directory, packages);
  return unused.map((dependency) => ({
    ...dependency,
    binaries: readInstalledPackage(directory, folderOf(dependency.manifest), dependency.name)?.binaries ?? null,
    peerOf: peers.get(dependency.name) ?? [],
  }));
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
