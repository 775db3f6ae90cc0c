import { NightsweepError } from "../core/errors.ts";
import { readManifest } from "../core/manifest.ts";
import type { RepoPath } from "../core/names.ts";
import { readTreeText } from "../io/read-tree.ts";
import { findTsconfigFault, readTsconfig, type ReadTsconfig } from "../io/tsconfig.ts";
import { isMentionText, type TextFile } from "./mentions.ts";
import type { Module } from "./module.ts";
import { folderOf, isAsidePath, isSourceFile, isTestPath } from "./paths.ts";
import { readModule } from "./read-module.ts";
import type { AliasReader } from "./resolve.ts";
import type { MarkRequest } from "./request.ts";
import type { Package } from "./units.ts";

/** Everything that is read of a checkout. */
export type Sources = {
  readonly modules: readonly Module[];
  readonly texts: readonly TextFile[];
  readonly unparsed: readonly (TextFile & { readonly reason: string })[];
};

const maxTextLength = 200_000;

/** Parses every source file and keeps the texts worth searching. Throws NO_SOURCE. */
export function readSources({ directory, files }: MarkRequest): Sources {
  const modules: Module[] = [];
  const texts: TextFile[] = [];
  const unparsed: (TextFile & { reason: string })[] = [];
  for (const file of files) {
    if (!isSourceFile(file) && !isMentionText(file)) continue;
    const text = readTreeText(directory, file);
    if (text === null) continue;
    // A larger text is data, which names everything and means nothing.
    if (!isSourceFile(file) && text.length > maxTextLength) continue;
    if (!isSourceFile(file)) {
      texts.push({ file, text });
      continue;
    }
    const read = readModule(file, text);
    if ("unparsed" in read) unparsed.push({ file, text, reason: read.unparsed });
    else modules.push(read);
  }
  if (modules.length === 0 && unparsed.length === 0)
    throw new NightsweepError("NO_SOURCE", "no tracked file ends in .ts, .tsx, .js or .jsx");
  return { modules, texts, unparsed };
}

/** Reads every package.json. Throws NO_PACKAGE_JSON. */
export function readPackages({ directory, files }: MarkRequest): ReadonlyMap<RepoPath, Package> {
  const packages = new Map<RepoPath, Package>();
  for (const manifestFile of files) {
    if (manifestFile !== "package.json" && !manifestFile.endsWith("/package.json")) continue;
    const text = readTreeText(directory, manifestFile);
    const manifest = text === null ? null : readManifest(text);
    if (manifest !== null)
      packages.set(folderOf(manifestFile), { directory: folderOf(manifestFile), manifestFile, manifest });
  }
  if (packages.size === 0) throw new NightsweepError("NO_PACKAGE_JSON", "no tracked file is called package.json");
  return packages;
}

/** Aliases of the tsconfig files in the folders above a file, nearest first. */
export function createAliasReader({ directory, files }: MarkRequest): AliasReader {
  const byFolder = new Map<RepoPath, RepoPath[]>();
  for (const file of files)
    if (isTsconfig(file)) byFolder.set(folderOf(file), [...(byFolder.get(folderOf(file)) ?? []), file]);
  const memory = new Map<RepoPath, ReadTsconfig>();
  const read = (file: RepoPath): ReadTsconfig => {
    const known = memory.get(file) ?? readTsconfig(`${directory}/${file}`);
    memory.set(file, known);
    return known;
  };
  const toRepoPath = (path: string): RepoPath | null =>
    path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : null;
  return (fromFolder, specifier) => {
    const found: RepoPath[] = [];
    for (let folder = fromFolder; ; folder = folderOf(folder)) {
      for (const file of byFolder.get(folder) ?? []) {
        const tsconfig = read(file);
        if (tsconfig.kind === "read")
          found.push(
            ...tsconfig
              .match(specifier)
              .map(toRepoPath)
              .filter((path) => path !== null),
          );
      }
      if (folder === "") return found;
    }
  };
}

/** The tsconfig files that are no JSON: their aliases are not known, so what they lead to may look dead. */
export function findBrokenTsconfigs({ directory, files }: MarkRequest): readonly string[] {
  return files
    .filter((file) => isTsconfig(file) && !isTestPath(file) && !isAsidePath(file))
    .flatMap((file) => {
      const fault = findTsconfigFault(readTreeText(directory, file) ?? "");
      return fault === null ? [] : [`${file}: ${fault}`];
    });
}

function isTsconfig(file: RepoPath): boolean {
  return /(^|\/)(ts|js)config(\.[\w-]+)*\.json$/.test(file);
}
