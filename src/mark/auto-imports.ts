import type { RepoPath } from "../core/names.ts";
import type { ExportIndex } from "./export-index.ts";
import type { ModuleNodes } from "./graph-nodes.ts";
import { dependenciesOf } from "./implied-uses.ts";
import { ownerAt } from "./link-module.ts";
import type { TextFile } from "./mentions.ts";
import type { Module } from "./module.ts";
import { isTemplate } from "./path-tokens.ts";
import { packageOf, type Package } from "./units.ts";

/*
 * Nuxt and the like write imports for names that nobody imports: `useFruit()` finds `export function useFruit` in
 * `composables/` or wherever the settings say. In a package that has such a tool each word that spells an exported name is
 * a use of it, in code and in templates.
 */
const importers = /^(nuxt|nuxt3|nuxt-edge|@nuxt\/kit|nitro|nitropack|unimport|unplugin-auto-import|wxt)$/;

/** Which package a file belongs to, if names are imported unasked there, and the templates that name them. */
export type AutoImports = {
  readonly packageOf: (file: RepoPath) => RepoPath | undefined;
  readonly templates: readonly TextFile[];
};

/** Finds the packages that list a tool which imports unasked. */
export function findAutoImports(packages: ReadonlyMap<RepoPath, Package>, texts: readonly TextFile[]): AutoImports {
  const having = new Set(
    [...packages.values()].flatMap(({ directory, manifest }) =>
      Object.keys(dependenciesOf(manifest)).some((name) => importers.test(name)) ? [directory] : [],
    ),
  );
  const packageAt = (file: RepoPath) => {
    const directory = having.size === 0 ? undefined : packageOf(file, packages)?.directory;
    return directory !== undefined && having.has(directory) ? directory : undefined;
  };
  return {
    packageOf: packageAt,
    templates: texts.filter(({ file }) => isTemplate(file) && packageAt(file) !== undefined),
  };
}

type Context = {
  readonly modules: readonly Module[];
  readonly nodesOf: readonly ModuleNodes[];
  readonly exportIndex: ExportIndex;
  readonly link: (from: number, to: number) => void;
};

/** Links the words of modules to the exports that they spell, and returns what the templates spell. */
export function linkAutoImports({ packageOf: at, templates }: AutoImports, context: Context): readonly number[] {
  const offered = findOffered(at, context);
  if (offered.size === 0) return [];
  const named = (file: RepoPath) => offered.get(at(file) ?? "\0");
  for (const [index, module] of context.modules.entries()) {
    const names = named(module.file);
    if (names !== undefined) linkWords(index, module, names, context);
  }
  return templates.flatMap(({ file, text }) => wordsOf(text).flatMap(({ word }) => named(file)?.get(word) ?? []));
}

/** What each of the packages exports, by the names under which it is imported unasked. */
type Offered = ReadonlyMap<string, readonly number[]>;

function findOffered(at: AutoImports["packageOf"], { modules, exportIndex }: Context): ReadonlyMap<RepoPath, Offered> {
  const offered = new Map<RepoPath, Map<string, readonly number[]>>();
  for (const [index, module] of modules.entries()) {
    const home = at(module.file);
    if (home === undefined) continue;
    const names = offered.get(home) ?? new Map<string, readonly number[]>();
    offered.set(home, names);
    for (const { name } of module.exports) {
      const spelled = name === "default" ? nameOfFile(module.file) : name;
      names.set(spelled, [...(names.get(spelled) ?? []), ...exportIndex.find(index, name)]);
    }
  }
  return offered;
}

function linkWords(index: number, module: Module, names: Offered, { nodesOf, link }: Context): void {
  const nodes = nodesOf[index];
  if (nodes === undefined) return;
  const { declarations, imports, text } = module;
  const own = new Set([...declarations.flatMap((one) => one.names), ...imports.map(({ local }) => local)]);
  for (const { word, position } of wordsOf(text)) {
    if (own.has(word)) continue;
    for (const target of names.get(word) ?? []) link(ownerAt(nodes, position), target);
  }
}

function wordsOf(text: string): readonly { readonly word: string; readonly position: number }[] {
  return [...text.matchAll(/[A-Za-z_$][\w$]*/g)].map((match) => ({ word: match[0], position: match.index }));
}

/** `composables/use-fruit.ts` offers its default export as `useFruit`. */
function nameOfFile(file: RepoPath): string {
  const base = file.slice(file.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  return base.replace(/[-_.](\w)/g, (_, letter: string) => letter.toUpperCase());
}
