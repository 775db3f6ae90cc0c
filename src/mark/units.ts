import type { Manifest } from "../core/manifest.ts";
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
