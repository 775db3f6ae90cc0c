import type { RepoPath } from "../core/names.ts";
import type { Module } from "./module.ts";
import { folderOf, isSourceFile, joinPath } from "./paths.ts";
import { packageOf, type Package } from "./units.ts";

/**
 * Folders that code names in a string, or by a pattern for the files in it, with the file that does: `autoload("./models")`
 * loads whatever stands there.
 */
export function findReadFolders(
  modules: readonly Module[],
  packages: ReadonlyMap<RepoPath, Package>,
): ReadonlyMap<RepoPath, RepoPath> {
  const folders = new Set(modules.map(({ file }) => folderOf(file)));
  const found = modules.flatMap(({ file, references }) => {
    const home = packageOf(file, packages)?.directory ?? "";
    const named = references.flatMap(({ kind, text }) => folderNamedBy(file, kind, text) ?? []);
    const paths = named.flatMap((text) => [folderOf(file), home, ""].map((base) => joinPath(base, text)));
    return paths.flatMap((folder): readonly (readonly [RepoPath, RepoPath])[] =>
      folder !== null && folder !== "" && folder !== folderOf(file) && folders.has(folder) ? [[folder, file]] : [],
    );
  });
  // Of several places the first one is shown.
  return new Map(found.toReversed());
}

/** Settings name folders for aliases, so there only a pattern for the files of one folder counts. */
function folderNamedBy(file: RepoPath, kind: string, text: string): string | undefined {
  if (kind === "pattern" || kind === "glob") return /^([^*{]+)\/\*+\.[^/*]+$/.exec(text)?.[1];
  const isSetting = /\.(config|conf)\.[cm]?[jt]s$/.test(file);
  return kind !== "string" || isSetting || text.startsWith("/") || isSourceFile(text) ? undefined : text;
}
