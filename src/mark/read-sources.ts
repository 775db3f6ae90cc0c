import { NightsweepError } from "../core/errors.ts";
import { readManifest } from "../core/manifest.ts";
import type { RepoPath } from "../core/names.ts";
import { readTreeText } from "../io/read-tree.ts";
import { findTsconfigFault, readTsconfig, type ReadTsconfig } from "../io/tsconfig.ts";
import { isMentionText, type TextFile } from "./mentions.ts";
import type { MarkMemory } from "./memory.ts";
import type { Module } from "./module.ts";
import { folderOf, isAsidePath, isSourceFile, isTestPath, joinPath } from "./paths.ts";
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

/** Throws NO_SOURCE when there is nothing to mark. */
export function requireSources({ files }: MarkRequest): void {
  if (!files.some(isSourceFile))
    throw new NightsweepError("NO_SOURCE", "no tracked file ends in .ts, .tsx, .js or .jsx");
}

/** Parses every source file and keeps the texts worth searching. */
export function readSources({ directory, files }: MarkRequest, memory: Pick<MarkMemory, "readModule">): Sources {
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
    const read = memory.readModule(file, text);
    if ("unparsed" in read) unparsed.push({ file, text, reason: read.unparsed });
    else modules.push(read);
  }
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

/** What the tsconfig files of a repository say about finding modules. */
export type CompilerSettings = {
  /** Aliases of the files in the folders above a file, nearest first. */
  readonly aliases: AliasReader;
  /** The paths in the sources that a build output comes from. */
  readonly sourcesOf: (output: RepoPath) => readonly RepoPath[];
};

/** Reads the tsconfig files, each when it is needed. */
export function createCompilerSettings({ directory, files }: MarkRequest): CompilerSettings {
  const tsconfigs = files.filter(isTsconfig);
  const byFolder = Map.groupBy(tsconfigs, folderOf);
  const memory = new Map<RepoPath, ReadTsconfig>();
  const read = (file: RepoPath): ReadTsconfig => {
    const known = memory.get(file) ?? readTsconfig(`${directory}/${file}`);
    memory.set(file, known);
    return known;
  };
  const toRepoPath = (path: string): RepoPath | null =>
    path === directory ? "" : path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : null;
  const found = (paths: readonly string[]) => paths.map(toRepoPath).filter((path) => path !== null);
  let outputs: readonly Output[] | undefined;
  return {
    aliases: (fromFolder, specifier) =>
      foldersAbove(fromFolder)
        .flatMap((folder) => byFolder.get(folder) ?? [])
        .flatMap((file) => {
          const tsconfig = read(file);
          return tsconfig.kind === "read" ? found(tsconfig.match(specifier)) : [];
        }),
    sourcesOf: (output) => {
      outputs ??= tsconfigs.flatMap((file) => {
        const tsconfig = read(file);
        if (tsconfig.kind === "unreadable") return [];
        const home = folderOf(file);
        const sources = tsconfig.rootDir === undefined ? [home, joinPath(home, "src")] : found([tsconfig.rootDir]);
        return found(tsconfig.outputs).map((folder) => ({ folder, sources }));
      });
      return outputs.flatMap(({ folder, sources }) =>
        folder !== "" && output.startsWith(`${folder}/`)
          ? sources.flatMap((source) => joinPath(source ?? "", output.slice(folder.length + 1)) ?? [])
          : [],
      );
    },
  };
}

type Output = { readonly folder: RepoPath; readonly sources: readonly (RepoPath | null)[] };

function foldersAbove(folder: RepoPath): readonly RepoPath[] {
  return folder === "" ? [""] : [folder, ...foldersAbove(folderOf(folder))];
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
