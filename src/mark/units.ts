import { manifestEntries, type Manifest } from "../core/manifest.ts";
import type { RepoPath } from "../core/names.ts";
import { folderOf } from "./paths.ts";

/** A package of the repository. */
export type Package = { readonly directory: RepoPath; readonly manifestFile: RepoPath; readonly manifest: Manifest };

/** The package that a file belongs to: the nearest folder above it with a package.json. */
export function packageOf(file: RepoPath, packages: ReadonlyMap<RepoPath, Package>): Package | undefined {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const found = packages.get(folder);
    if (found !== undefined || folder === "") return found;
  }
}

/**
 * Whether others may install a package and import from it: it is not private, has a name, and offers an entry or lists
 * its files. An application that nobody called private offers nothing.
 */
export function isPublished({ manifest }: Package): boolean {
  const offers =
    manifestEntries(manifest).some(({ field }) => !field.startsWith("bin")) || manifest.files !== undefined;
  return manifest.private !== true && manifest.name !== undefined && offers;
}
