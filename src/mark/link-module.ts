import type { RepoPath } from "../core/names.ts";
import type { ExportIndex } from "./export-index.ts";
import { segmentAt, type ModuleNodes } from "./graph-nodes.ts";
import type { ImportBinding, ImportStatement, Module, ModuleReference, Use } from "./module.ts";
import { folderOf, isAsidePath, isSourceFile, isTestPath, joinPath } from "./paths.ts";
import type { Resolver } from "./resolve.ts";

/** What linking one module needs to know of all the others. */
export type LinkContext = {
  readonly modules: readonly Module[];
  readonly indexOf: ReadonlyMap<RepoPath, number>;
  readonly nodesOf: readonly ModuleNodes[];
  readonly exportIndex: ExportIndex;
  readonly resolver: Resolver;
  readonly effectful: readonly boolean[];
  readonly isFrozen: (file: RepoPath) => boolean;
  /** Every folder with a module in or below it. */
  readonly folders: ReadonlySet<RepoPath>;
  readonly link: (from: number, to: number) => void;
};

/** A folder in which a path that is computed may lead to any file; `deep` when the folders in it are meant too. */
export type Taint = {
  readonly folder: RepoPath;
  readonly from: RepoPath;
  readonly at: number;
  readonly deep: boolean;
};

/** Adds the edges that start in one module, and returns the folders that its computed imports taint. */
export function linkModule(index: number, context: LinkContext): readonly Taint[] {
  const module = context.modules[index];
  const nodes = context.nodesOf[index];
  if (module === undefined || nodes === undefined) return [];
  linkLoading(index, module, nodes, context);
  linkExports(index, module, nodes, context);
  const byName = new Map(
    module.declarations.flatMap((declaration, at) =>
      declaration.names.map((name) => [name, nodes.declarations[at] ?? -1] as const),
    ),
  );
  const imports = new Map(module.imports.map((binding) => [binding.local, binding]));
  for (const use of module.uses) {
    const owner = ownerAt(nodes, use.at);
    const declared = byName.get(use.name);
    if (declared !== undefined && declared !== owner) context.link(owner, declared);
    const binding = imports.get(use.name);
    if (binding !== undefined)
      for (const target of importTargets(index, binding, use, context)) context.link(owner, target);
  }
  return module.references.flatMap((reference) =>
    linkReference(index, reference, ownerAt(nodes, reference.at), context),
  );
}

/** The node whose text a position is in. */
export function ownerAt(nodes: ModuleNodes, position: number): number {
  return segmentAt(nodes.segments, position)?.node ?? nodes.load;
}

/** Keeping a file keeps what it does when loaded, and loads what it imports if that does something. */
function linkLoading(index: number, module: Module, nodes: ModuleNodes, context: LinkContext): void {
  for (const effect of nodes.effects) context.link(nodes.load, effect);
  for (const [position, declaration] of module.declarations.entries()) {
    const node = nodes.declarations[position] ?? -1;
    context.link(node, nodes.load);
    const stays = !declaration.pure || module.script || context.isFrozen(module.file);
    if (stays) context.link(nodes.load, node);
  }
  for (const statement of module.statements) {
    for (const target of context.exportIndex.targets(index, statement.specifier)) {
      if (mustLoad(statement, context.effectful[target] === true)) context.link(nodes.load, loadOf(target, context));
    }
  }
}

function mustLoad(statement: ImportStatement, isEffectful: boolean): boolean {
  const isBare = statement.kind === "import" && statement.size === 0;
  return isBare || statement.kind === "equals" || (!statement.typeOnly && isEffectful);
}

function loadOf(module: number, context: LinkContext): number {
  return context.nodesOf[module]?.load ?? -1;
}

function allOf(module: number, context: LinkContext): number {
  return context.nodesOf[module]?.all ?? -1;
}

function linkExports(index: number, module: Module, nodes: ModuleNodes, context: LinkContext): void {
  for (const [position, entry] of module.exports.entries()) {
    const node = nodes.exports[position] ?? -1;
    context.link(nodes.all, node);
    context.link(node, nodes.load);
    for (const target of context.exportIndex.follow(index, entry)) context.link(node, target);
  }
  context.link(nodes.all, nodes.load);
  for (const star of module.stars) {
    for (const target of context.exportIndex.targets(index, star.specifier))
      context.link(nodes.all, allOf(target, context));
  }
}

function importTargets(index: number, binding: ImportBinding, use: Use, context: LinkContext): readonly number[] {
  const targets = context.exportIndex.targets(index, binding.specifier);
  return targets.flatMap((target) => {
    if (binding.imported !== "*") return context.exportIndex.find(target, binding.imported);
    // A namespace that is used for more than reading a written-out member escapes.
    return use.member === undefined ? [allOf(target, context)] : context.exportIndex.find(target, use.member);
  });
}

function linkReference(
  index: number,
  reference: ModuleReference,
  owner: number,
  context: LinkContext,
): readonly Taint[] {
  const module = context.modules[index];
  if (module === undefined) return [];
  if (reference.kind === "computed" || reference.kind === "glob" || reference.kind === "pattern")
    return linkPattern(module, reference, owner, context);
  for (const target of referenced(module.file, reference, context)) {
    const found = reference.members?.flatMap((member) => context.exportIndex.find(target, member)) ?? [
      allOf(target, context),
    ];
    for (const node of found) context.link(owner, node);
    if (reference.kind === "require") context.link(owner, loadOf(target, context));
  }
  return [];
}

function linkPattern(
  module: Module,
  { kind, text, at }: ModuleReference,
  owner: number,
  context: LinkContext,
): readonly Taint[] {
  if (kind === "computed" && !/[^*./]/.test(text)) return taintsOf(module, at, context);
  // Configuration and tests list files in patterns for tools to work on, not to load.
  if (kind === "pattern" && (isAsidePath(module.file) || isTestPath(module.file))) return [];
  for (const target of filesLike(module.file, text, context)) context.link(owner, allOf(target, context));
  return [];
}

/** The folder of a module that loads what it computes, and the folders that its strings name. */
function taintsOf(module: Module, at: number, context: LinkContext): readonly Taint[] {
  const own = folderOf(module.file);
  const texts = [...module.words, ...module.references.map(({ text }) => text)];
  const named = new Set(texts.flatMap((text) => [joinPath(own, text), joinPath("", text)]));
  const folders = [...named].filter((folder) => folder !== null && folder !== own && context.folders.has(folder));
  return [
    { folder: own, from: module.file, at, deep: false },
    ...folders.map((folder) => ({ folder: folder ?? "", from: module.file, at, deep: true })),
  ];
}

function referenced(file: RepoPath, reference: ModuleReference, context: LinkContext): readonly number[] {
  const resolution = context.resolver.resolve(file, reference.text);
  const resolved = resolution.kind === "files" ? resolution.files : [];
  const mentioned = reference.kind === "string" ? mentionedFiles(file, reference.text, context) : [];
  return [...new Set([...resolved, ...mentioned])]
    .map((path) => context.indexOf.get(path))
    .filter((target) => target !== undefined);
}

/** A path in a string may be meant from the top of the repository or, with an extension, from beside the file. */
function mentionedFiles(file: RepoPath, text: string, { resolver }: LinkContext): readonly RepoPath[] {
  const atTop = resolver.fileAt(joinPath("", text));
  return isSourceFile(text) ? [...atTop, ...resolver.fileAt(joinPath(folderOf(file), text))] : atTop;
}

/** Source files that a pattern with `*` for unknown parts may stand for, whatever extension they have once built. */
function filesLike(file: RepoPath, pattern: string, context: LinkContext): readonly number[] {
  const isRelative = pattern.startsWith(".");
  const base = isRelative
    ? joinPath(folderOf(file), pattern)
    : pattern.replace(/^[@~]?\//, "").replace(/^(\*+\/)+/, "");
  if (base === null || base.replace(/[*./]/g, "") === "") return [];
  const source = base
    .replace(/(\.[cm]?[jt]sx?|\.?\{[^}]*\})$/, "")
    .replace(/\*\*\/|\*+|\{[^}]*\}|\[[^\]]*\]|[.+?^${}()|[\]\\]/g, (part) =>
      part === "**/" ? "(.*/)?" : /^(\*|[{[].+)/.test(part) ? ".*" : `\\${part}`,
    );
  const matcher = new RegExp(`${isRelative ? "^" : "(^|/)"}${source}(\\.[cm]?[jt]sx?|/index\\.[cm]?[jt]sx?)?$`);
  return [...context.indexOf].filter(([path]) => isSourceFile(path) && matcher.test(path)).map(([, target]) => target);
}
