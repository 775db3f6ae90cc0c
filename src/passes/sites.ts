import type { Edit, Span } from "../core/edit.ts";
import { segmentAt } from "../mark/graph-nodes.ts";
import type { Graph } from "../mark/graph.ts";
import type { Heap } from "../mark/heap.ts";
import { contains, type ImportBinding, type Module } from "../mark/module.ts";

/*
 * All sites or none: a declaration that goes takes its import and export specifiers in every other module with it.
 * An import specifier goes when all its uses go, whoever removes them, so it is a conditional edit.
 */

/** Finds the specifiers that must go with declarations. */
export type Sites = {
  /** Specifiers elsewhere that stand for a declaration or for a module that goes. */
  readonly of: (nodes: readonly number[], files: readonly number[]) => readonly Edit[];
  /** Imports of a module that are used inside the given spans, each to go once nothing uses it. */
  readonly importsUsedIn: (module: number, spans: readonly Span[]) => readonly Edit[];
};

const memory = new WeakMap<Heap, Sites>();

/** The sites of a heap; made once. */
export function sitesOf(heap: Heap): Sites {
  const known = memory.get(heap) ?? createSites(heap);
  memory.set(heap, known);
  return known;
}

function createSites(heap: Heap): Sites {
  const { graph, live } = heap;
  const byTarget = new Map<number, Edit[]>();
  const isDeadFile = (module: number) => live.reached[graph.nodesOf[module]?.load ?? -1] !== 1;
  const add = (targets: readonly number[], edit: Edit) => {
    for (const target of targets) byTarget.set(target, [...(byTarget.get(target) ?? []), edit]);
  };
  for (const [index, module] of graph.modules.entries()) {
    if (isDeadFile(index)) continue;
    for (const [targets, edit] of exportSites(heap, index, module)) add(targets, edit);
    for (const binding of module.imports) {
      const ways = graph.exportIndex
        .targets(index, binding.specifier)
        .map((target) => ({ module: target, nodes: graph.exportIndex.find(target, binding.imported) }));
      const gone = deadBehind(heap, ways);
      if (gone.length > 0) add(gone, importEdit(heap, index, module, binding));
    }
  }
  const of = (nodes: readonly number[], files: readonly number[]) =>
    [...nodes, ...files.map((file) => graph.nodesOf[file]?.load ?? -1)].flatMap((node) => byTarget.get(node) ?? []);
  const importsUsedIn = (index: number, spans: readonly Span[]) => {
    const module = graph.modules[index];
    if (module === undefined) return [];
    const isUsedInside = (name: string) =>
      usePositions(heap, index, module, name).some((at) => spans.some((span) => contains(span, at)));
    return module.imports
      .filter((binding) => isUsedInside(binding.local))
      .map((binding) => importEdit(heap, index, module, binding));
  };
  return { of, importsUsedIn };
}

/** Export specifiers and `export *` lines that lead to dead declarations or dead files only. */
function exportSites(heap: Heap, index: number, module: Module): readonly (readonly [readonly number[], Edit])[] {
  const { graph, live } = heap;
  const file = module.file;
  const entries = module.exports.flatMap((entry, position): (readonly [readonly number[], Edit])[] => {
    const node = graph.nodesOf[index]?.exports[position] ?? -1;
    if (entry.site === undefined || live.reached[node] === 1) return [];
    const through = entry.source.kind === "from" ? graph.exportIndex.targets(index, entry.source.specifier) : [];
    const nodes = graph.exportIndex.follow(index, entry);
    const gone = deadBehind(
      heap,
      through.length === 0 ? [{ nodes }] : through.map((target) => ({ module: target, nodes })),
    );
    if (gone.length === 0) return [];
    const specifier = entry.source.kind === "from" ? entry.source.specifier : undefined;
    const { owner } = entry.site;
    // `export { type Apple } from` still loads the module; only `export type { Apple } from` does not.
    const typeOnly = module.statements.some((statement) => statement.typeOnly && statement.span.start === owner.start);
    return [
      [
        gone,
        {
          kind: "remove-item",
          file,
          ...entry.site,
          ...whenEmpty(heap, index, module, { specifier, statement: owner, typeOnly }),
        },
      ],
    ];
  });
  const stars = module.stars.flatMap((star): (readonly [readonly number[], Edit])[] => {
    const targets = graph.exportIndex.targets(index, star.specifier).map((target) => graph.nodesOf[target]?.load ?? -1);
    if (targets.length === 0 || !targets.every((load) => live.reached[load] !== 1)) return [];
    return [[targets, { kind: "remove", file, span: star.span }]];
  });
  return [...entries, ...stars];
}

/** One file that a specifier may lead to, and the nodes that a name stands for there. */
type Way = { readonly module?: number; readonly nodes: readonly number[] };

/**
 * What must not go without a specifier: the declarations behind it if all of them are dead, and every dead file on the
 * way to them. With several ways the specifier stays as long as one of them is open.
 */
function deadBehind(heap: Heap, ways: readonly Way[]): readonly number[] {
  const found = ways.map((way) => {
    const finals = finalsOf(heap, way.nodes);
    const isDead = finals.every((node) => heap.live.reached[node] !== 1);
    return [...(isDead ? finals : []), ...deadFilesOn(heap, way)];
  });
  return found.some((dead) => dead.length === 0) ? [] : [...new Set(found.flat())];
}

/** The declarations behind export nodes and namespaces. */
function finalsOf({ graph }: Heap, start: readonly number[]): readonly number[] {
  const finals = new Set<number>();
  const seen = new Set(start);
  // Grows while it is walked: a set visits what is added to it.
  for (const node of seen) {
    const kind = graph.nodes[node]?.kind;
    if (kind === "declaration") finals.add(node);
    if (kind === "export" || kind === "all") for (const target of graph.edges[node] ?? []) seen.add(target);
  }
  return [...finals];
}

/** The dead files that a name passes through; a namespace leads to one file, whatever that offers. */
function deadFilesOn({ graph, live }: Heap, { module, nodes }: Way): readonly number[] {
  const seen = new Set(nodes);
  const loads = new Set(module === undefined ? [] : [graph.nodesOf[module]?.load ?? -1]);
  for (const node of seen) {
    const about = graph.nodes[node];
    if (about === undefined || about.kind === "declaration") continue;
    loads.add(graph.nodesOf[about.module]?.load ?? -1);
    if (about.kind === "export") for (const target of graph.edges[node] ?? []) seen.add(target);
  }
  return [...loads].filter((load) => load >= 0 && live.reached[load] !== 1);
}

/** Where a module-level name is used, comments counted at what they stand above. */
export function usePositions(heap: Heap, index: number, module: Module, name: string): readonly number[] {
  const table = usesByName(heap.graph, index, module);
  const exported = module.exports.flatMap((entry) =>
    entry.source.kind === "local" && entry.source.local === name && entry.site !== undefined
      ? [entry.site.span.start]
      : [],
  );
  return [...(table.get(name) ?? []), ...exported];
}

const useTables = new WeakMap<Module, ReadonlyMap<string, readonly number[]>>();

function usesByName(graph: Graph, index: number, module: Module): ReadonlyMap<string, readonly number[]> {
  const known = useTables.get(module);
  if (known !== undefined) return known;
  const segments = graph.nodesOf[index]?.segments ?? [];
  const table = new Map<string, number[]>();
  for (const use of module.uses) {
    const segment = segmentAt(segments, use.at);
    const at = segment === undefined || contains(segment, use.at) ? use.at : segment.start;
    table.set(use.name, [...(table.get(use.name) ?? []), at]);
  }
  useTables.set(module, table);
  return table;
}

/** The edit that takes an import away once none of its uses is left. */
export function importEdit(heap: Heap, index: number, module: Module, binding: ImportBinding): Edit {
  const statement = module.statements[binding.statement];
  const owner = statement?.span ?? binding.span;
  return {
    kind: "remove-item",
    file: module.file,
    span: statement?.kind === "equals" ? owner : binding.span,
    owner,
    size: statement?.size ?? 1,
    unlessUsedAt: usePositions(heap, index, module, binding.local),
    ...whenEmpty(heap, index, module, {
      specifier: binding.specifier,
      statement: owner,
      typeOnly: statement?.typeOnly === true,
    }),
  };
}

type Emptied = { readonly specifier: string | undefined; readonly statement: Span; readonly typeOnly: boolean };

/** A module that does something when loaded must still be loaded. */
function whenEmpty(heap: Heap, index: number, module: Module, emptied: Emptied): { readonly whenEmpty?: string } {
  const { graph, live } = heap;
  const { specifier } = emptied;
  if (specifier === undefined || emptied.typeOnly) return {};
  const isNeeded = graph.exportIndex
    .targets(index, specifier)
    .some(
      (target) =>
        target !== index && graph.effectful[target] === true && live.reached[graph.nodesOf[target]?.load ?? -1] === 1,
    );
  if (!isNeeded) return {};
  const text = module.text.slice(emptied.statement.start, emptied.statement.end);
  const quoted = /(["'])[^"']*\1/.exec(text.slice(text.lastIndexOf("from") + 4))?.[0] ?? JSON.stringify(specifier);
  return { whenEmpty: `import ${quoted}${text.endsWith(";") ? ";" : ""}` };
}
