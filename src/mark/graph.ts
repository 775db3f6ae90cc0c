import type { Span } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import { createExportIndex, type ExportIndex } from "./export-index.ts";
import { createCallPurity, isEffectful } from "./effectful.ts";
import { linkModule, type Taint } from "./link-module.ts";
import type { Module } from "./module.ts";
import type { Resolver } from "./resolve.ts";

/**
 * A node of the heap. `load` stands for a file being kept in place and its effects happening; `all` for a module whose
 * namespace object escapes, so that every export may be used.
 */
type GraphNode =
  | { readonly kind: "declaration"; readonly module: number; readonly index: number }
  | { readonly kind: "effect"; readonly module: number; readonly index: number }
  | { readonly kind: "export"; readonly module: number; readonly index: number }
  | { readonly kind: "load"; readonly module: number }
  | { readonly kind: "all"; readonly module: number };

/** The nodes of one module. */
export type ModuleNodes = {
  readonly load: number;
  readonly all: number;
  readonly declarations: readonly number[];
  readonly effects: readonly number[];
  readonly exports: readonly number[];
};

/** The heap as a graph: `edges[n]` are the nodes that `n` keeps alive. */
export type Graph = {
  readonly modules: readonly Module[];
  readonly indexOf: ReadonlyMap<RepoPath, number>;
  readonly nodes: readonly GraphNode[];
  readonly nodesOf: readonly ModuleNodes[];
  readonly edges: readonly (readonly number[])[];
  readonly exportIndex: ExportIndex;
  readonly resolver: Resolver;
  /** Modules whose loading does something, alone or by what it loads. */
  readonly effectful: readonly boolean[];
  /** Folders in which a computed `import()` or `require()` may load any file. */
  readonly tainted: readonly Taint[];
};

/** Builds the graph of all parsed modules. In a frozen file every declaration stays as long as the file does. */
export function buildGraph(read: readonly Module[], resolver: Resolver, isFrozen: (file: RepoPath) => boolean): Graph {
  const indexOf = new Map(read.map((module, index) => [module.file, index]));
  const { nodes, nodesOf } = numberNodes(read);
  const exportIndex = createExportIndex({ modules: read, indexOf, nodesOf, resolver });
  const modules = settlePurity(read, createCallPurity({ modules: read, indexOf, exportIndex }));
  const effectful = isEffectful({ modules, indexOf, resolver, exportIndex });
  const edges: number[][] = nodes.map(() => []);
  const tainted: Taint[] = [];
  const folders = new Set(read.flatMap(({ file }) => foldersAbove(file)));
  const link = (from: number, to: number) => edges[from]?.push(to);
  for (const index of modules.keys()) {
    const context = { modules, indexOf, nodesOf, exportIndex, resolver, effectful, isFrozen, folders, link };
    tainted.push(...linkModule(index, context));
  }
  return { modules, indexOf, nodes, nodesOf, edges, exportIndex, resolver, effectful, tainted };
}

function foldersAbove(file: RepoPath): readonly RepoPath[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** Answers the open question of each initialiser that calls functions of this repository. */
function settlePurity(
  modules: readonly Module[],
  isCallPure: (module: number, name: string) => boolean,
): readonly Module[] {
  return modules.map((module, index) => {
    if (!module.declarations.some((declaration) => declaration.pureIf.length > 0)) return module;
    const declarations = module.declarations.map((declaration) => ({
      ...declaration,
      pure: declaration.pure && declaration.pureIf.every((name) => isCallPure(index, name)),
    }));
    return { ...module, declarations };
  });
}

function numberNodes(modules: readonly Module[]): {
  readonly nodes: readonly GraphNode[];
  readonly nodesOf: readonly ModuleNodes[];
} {
  const nodes: GraphNode[] = [];
  const add = (node: GraphNode): number => nodes.push(node) - 1;
  const nodesOf = modules.map((module, index) => ({
    load: add({ kind: "load", module: index }),
    all: add({ kind: "all", module: index }),
    declarations: module.declarations.map((_, position) =>
      add({ kind: "declaration", module: index, index: position }),
    ),
    effects: module.effects.map((_, position) => add({ kind: "effect", module: index, index: position })),
    exports: module.exports.map((_, position) => add({ kind: "export", module: index, index: position })),
  }));
  return { nodes, nodesOf };
}

/** The stretch of text that belongs to a node. */
export type Segment = Span & { readonly node: number };

/** The segments of a module in text order. */
export function segmentsOf(module: Module, nodes: ModuleNodes): readonly Segment[] {
  const segments: Segment[] = [];
  for (const [index, declaration] of module.declarations.entries()) {
    for (const part of declaration.parts)
      segments.push({ ...part.span, node: nodes.declarations[index] ?? nodes.load });
  }
  for (const [index, effect] of module.effects.entries())
    segments.push({ ...effect.span, node: nodes.effects[index] ?? nodes.load });
  return segments.sort((a, b) => a.start - b.start);
}

/** The segment around a position, or the next one: a comment belongs to what it stands above. */
export function segmentAt(segments: readonly Segment[], position: number): Segment | undefined {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.end ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return segments[low];
}
