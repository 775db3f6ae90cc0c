import type { RepoPath } from "../core/names.ts";
import { linkAutoImports, type AutoImports } from "./auto-imports.ts";
import { createExportIndex, type ExportIndex } from "./export-index.ts";
import { createCallPurity, isEffectful } from "./effectful.ts";
import { numberNodes, type GraphNode, type ModuleNodes } from "./graph-nodes.ts";
import { linkModule, type Taint } from "./link-module.ts";
import type { ForeignWords } from "./member-candidates.ts";
import { linkMembers } from "./members.ts";
import type { Module } from "./module.ts";
import type { Resolver } from "./resolve.ts";

/** The heap as a graph: `edges[n]` are the nodes that `n` keeps alive. */
export type Graph = {
  readonly modules: readonly Module[];
  readonly indexOf: ReadonlyMap<RepoPath, number>;
  readonly nodes: readonly GraphNode[];
  readonly nodesOf: readonly ModuleNodes[];
  readonly edges: readonly (readonly number[])[];
  /** For a part of something the node that holds it, without which it is not reached; -1 for everything else. */
  readonly holderOf: readonly number[];
  /** The parts that a node holds. */
  readonly partsOf: ReadonlyMap<number, readonly number[]>;
  /** The members of the classes that each module exports, by the index of the module. */
  readonly offered: ReadonlyMap<number, readonly number[]>;
  readonly exportIndex: ExportIndex;
  readonly resolver: Resolver;
  /** Modules whose loading does something, alone or by what it loads. */
  readonly effectful: readonly boolean[];
  /** Folders in which a computed `import()` or `require()` may load any file. */
  readonly tainted: readonly Taint[];
  /** What templates name that import unasked. */
  readonly autoImported: readonly number[];
};

/** What the graph needs to know of the repository beside its modules. */
export type Surroundings = {
  readonly resolver: Resolver;
  /** In a frozen file every declaration stays as long as the file does. */
  readonly isFrozen: (file: RepoPath) => boolean;
  /** Whether others may install the package of a file. */
  readonly isPublished: (file: RepoPath) => boolean;
  readonly foreignWords: ForeignWords;
  readonly autoImports: AutoImports;
};

/** Builds the graph of all parsed modules. */
export function buildGraph(read: readonly Module[], surroundings: Surroundings): Graph {
  const { resolver, isFrozen } = surroundings;
  const indexOf = new Map(read.map((module, index) => [module.file, index]));
  const { nodes, nodesOf, holderOf } = numberNodes(read);
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
  const autoImported = linkAutoImports(surroundings.autoImports, { modules, nodesOf, exportIndex, link });
  const addName = (name: string): number => {
    edges.push([]);
    holderOf.push(-1);
    return nodes.push({ kind: "name", module: -1, name }) - 1;
  };
  const offered = linkMembers({ ...surroundings, modules, nodes, nodesOf, holderOf, exportIndex, link, addName });
  return {
    modules,
    indexOf,
    nodes,
    nodesOf,
    edges,
    holderOf,
    partsOf: partsByHolder(holderOf),
    offered,
    exportIndex,
    resolver,
    effectful,
    tainted,
    autoImported,
  };
}

function partsByHolder(holderOf: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const parts = [...holderOf.keys()].filter((node) => (holderOf[node] ?? -1) >= 0);
  return Map.groupBy(parts, (node) => holderOf[node] ?? -1);
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
