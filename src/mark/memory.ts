import type { RepoPath } from "../core/names.ts";
import { openCacheFile, versionOf, type CacheFile } from "../io/cache-file.ts";
import { hasInstalledPackages } from "../io/installed-package.ts";
import type { TextFile } from "./mentions.ts";
import type { Module } from "./module.ts";
import { folderOf, isAsidePath, isSourceFile } from "./paths.ts";
import { noFolding, type Folding } from "./read-dead-code.ts";
import { readModule, type ReadModule } from "./read-module.ts";
import type { KnipFindings, MarkRequest } from "./request.ts";
import type { Resolver } from "./resolve.ts";
import type { Package } from "./units.ts";

/** What an earlier mark of the same repository left: a second one parses what changed and asks for the rest. */
export type MarkMemory = {
  /** Parses a source file unless the same text was parsed before. */
  readonly readModule: (file: RepoPath, text: string, folding?: Folding) => ReadModule;
  /** Asks for the roots unless everything that they can depend on is as it was. */
  readonly askRoots: (about: RootsContext, ask: () => Promise<KnipFindings>) => Promise<KnipFindings>;
  readonly isEmpty: boolean;
  readonly save: () => void;
};

/** What the answer about roots may depend on. */
type RootsContext = {
  readonly request: MarkRequest;
  readonly packages: ReadonlyMap<RepoPath, Package>;
  readonly modules: readonly Module[];
  readonly texts: readonly TextFile[];
  readonly resolver: Resolver;
};

/** Without a folder nothing is remembered. */
export function openMemory(folder: string | undefined): MarkMemory {
  if (folder === undefined) return { readModule, askRoots: (_, ask) => ask(), isEmpty: true, save: () => undefined };
  const cache = openCacheFile(`${folder}/mark.cache`, versionOf([import.meta.dirname, `${import.meta.dirname}/../io`]));
  return {
    readModule: (file, text, folding = noFolding) => recallModule(cache, { file, text, folding }),
    askRoots: async (about, ask) => {
      const content = describeRootsContext(about);
      const known = cache.recall("roots", content);
      if (isFindings(known)) return known;
      const found = await ask();
      cache.keep("roots", content, found);
      return found;
    },
    isEmpty: cache.isEmpty,
    save: cache.save,
  };
}

type Question = { readonly file: RepoPath; readonly text: string; readonly folding: Folding };

function recallModule(cache: CacheFile, { file, text, folding }: Question): ReadModule {
  const assumed = folding === noFolding ? "" : spell(folding);
  const key = assumed === "" ? `file ${file}` : `folded ${file}`;
  const known = cache.recall(key, text + assumed);
  if (isModule(known)) return { ...known, text };
  const read = readModule(file, text, folding);
  if ("unparsed" in read) return read;
  // The text is read anyway, and is half of a module.
  cache.keep(key, text + assumed, { ...read, text: "" });
  return read;
}

function spell({ flags, imported }: Folding): string {
  const constants = JSON.stringify([...imported], (_, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : value,
  );
  return `\0${constants}\0${flags.spelled}`;
}

/** The cache is ours, carries a hash, and is of this version: what is in it has the shape that was put there. */
function isModule(value: unknown): value is Module {
  return typeof value === "object" && value !== null && "declarations" in value;
}

function isFindings(value: unknown): value is KnipFindings {
  return typeof value === "object" && value !== null && "entries" in value;
}

/**
 * knip looks at the names of all files, at data, and at settings with what they import; the rest of the sources only
 * matters to the mark. Whether packages are installed decides which settings load.
 */
function describeRootsContext({ request, packages, modules, texts, resolver }: RootsContext): string {
  const data = texts.filter(({ file }) => !/\.(md|mdx|html?)$/.test(file));
  const installed = [...packages.keys()].filter((folder) => hasInstalledPackages(request.directory, folder));
  return JSON.stringify([request.files, data, settingsOf(modules, packages, resolver), installed]);
}

/** Files that tools run: those beside the sources and at the top of a package, and what these import. */
function settingsOf(
  modules: readonly Module[],
  packages: ReadonlyMap<RepoPath, Package>,
  resolver: Resolver,
): readonly (readonly [RepoPath, string])[] {
  const byFile = new Map(modules.map((module) => [module.file, module]));
  const pending = modules.map(({ file }) => file).filter((file) => isAsidePath(file) || packages.has(folderOf(file)));
  const found = new Set(pending);
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    const module = byFile.get(file);
    const specifiers = [
      ...(module?.statements ?? []).map(({ specifier }) => specifier),
      ...(module?.references ?? []).map(({ text }) => text),
    ];
    const targets = specifiers.flatMap((specifier) => {
      const resolution = resolver.resolve(file, specifier);
      return resolution.kind === "files" ? resolution.files : [];
    });
    for (const target of targets) {
      if (found.has(target) || !isSourceFile(target)) continue;
      found.add(target);
      pending.push(target);
    }
  }
  return [...found].toSorted().map((file) => [file, byFile.get(file)?.text ?? ""] as const);
}
