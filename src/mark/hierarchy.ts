import type { ExportIndex } from "./export-index.ts";
import { hasOnlyHooks } from "./hooks.ts";
import type { GraphNode, ModuleNodes } from "./graph-nodes.ts";
import type { ExportEntry, Module } from "./module.ts";

/** Which classes and interfaces are related, and which have a relative that this repository does not declare. */
export type Hierarchy = {
  /** A number that all relatives of a declaration share; undefined for what is neither class nor interface. */
  readonly familyOf: (node: number) => number | undefined;
  /** Whether a base or interface is unknown: whoever made it may call any member by a name that is not written here. */
  readonly isOpen: (node: number) => boolean;
  /** The declarations behind an export, -1 for what is not found. */
  readonly declarationsOf: (module: number, entry: ExportEntry) => readonly number[];
};

type Input = {
  readonly modules: readonly Module[];
  readonly nodes: readonly GraphNode[];
  readonly nodesOf: readonly ModuleNodes[];
  readonly exportIndex: ExportIndex;
};

/** Joins each class and interface with what it extends and implements. */
export function createHierarchy(input: Input): Hierarchy {
  const parents = new Map<number, number>();
  const open = new Set<number>();
  const rootOf = (node: number): number => {
    let root = node;
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root))
      root = parent;
    return root;
  };
  for (const [node] of shapesOf(input)) parents.set(node, node);
  for (const [node, module, heritage] of shapesOf(input)) {
    for (const name of heritage) {
      const bases = name === null ? [] : basesOf(input, module, name);
      const known = bases.filter((base) => parents.has(base));
      for (const base of known) parents.set(rootOf(base), rootOf(node));
      const isForeign = bases.every((base) => base === -1);
      const isHarmless = name !== null && isForeign && hasOnlyHooks(name);
      if (!isHarmless && (known.length === 0 || known.length < bases.length)) open.add(node);
    }
  }
  const openFamilies = new Set([...open].map(rootOf));
  return {
    familyOf: (node) => (parents.has(node) ? rootOf(node) : undefined),
    isOpen: (node) => openFamilies.has(rootOf(node)),
    declarationsOf: (module, entry) =>
      input.exportIndex.follow(module, entry).flatMap((node) => declarationsBehind(node, input, new Set())),
  };
}

type ShapeEntry = readonly [node: number, module: number, heritage: readonly (string | null)[]];

function shapesOf({ modules, nodesOf }: Input): readonly ShapeEntry[] {
  return modules.flatMap((module, index) =>
    module.shapes.map((shape): ShapeEntry => [
      nodesOf[index]?.declarations[shape.declaration] ?? -1,
      index,
      shape.heritage,
    ]),
  );
}

/** The declarations that a name in a heritage clause stands for; empty when it comes from elsewhere. */
function basesOf({ modules, nodes, nodesOf, exportIndex }: Input, index: number, name: string): readonly number[] {
  const [root = "", ...rest] = name.split(".");
  const module = modules[index];
  if (module === undefined) return [-1];
  const own = module.declarations.findIndex((declaration) => declaration.names.includes(root));
  if (own >= 0) return rest.length > 0 ? [-1] : [nodesOf[index]?.declarations[own] ?? -1];
  const binding = module.imports.find(({ local }) => local === root);
  if (binding === undefined) return [];
  const path = binding.imported === "*" ? rest : [binding.imported, ...rest];
  const [member] = path;
  if (member === undefined || path.length > 1) return [-1];
  const found = exportIndex
    .targets(index, binding.specifier)
    .flatMap((target) => exportIndex.find(target, member))
    .flatMap((node) => declarationsBehind(node, { modules, nodes, nodesOf, exportIndex }, new Set()));
  return found.length > 0 ? found : [-1];
}

/** Follows exports to declarations; -1 where one leads somewhere else. */
function declarationsBehind(node: number, input: Input, seen: Set<number>): readonly number[] {
  const about = input.nodes[node];
  if (about === undefined || seen.has(node)) return [-1];
  seen.add(node);
  // A barrel on the way stays in place; it is no declaration.
  if (about.kind === "load") return [];
  if (about.kind === "declaration") return [node];
  const entry = about.kind === "export" ? input.modules[about.module]?.exports[about.index] : undefined;
  if (entry === undefined) return [-1];
  const behind = input.exportIndex.follow(about.module, entry);
  return behind.length === 0 ? [-1] : behind.flatMap((next) => declarationsBehind(next, input, seen));
}
