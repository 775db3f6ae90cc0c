import type { RepoPath } from "../core/names.ts";
import { createExportIndex, type ExportIndex } from "./export-index.ts";
import { createCallPurity, isEffectful } from "./effectful.ts";
import type { GraphNode, ModuleNodes } from "./graph-nodes.ts";
import { linkModule, type Taint } from "./link-module.ts";
import type { Module } from "./module.ts";
import type { Resolver } from "./resolve.ts";

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
