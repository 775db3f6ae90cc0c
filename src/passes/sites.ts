import type { Edit, Span } from "../core/edit.ts";
import { segmentAt, segmentsOf, type Graph } from "../mark/graph.ts";
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
      const finals = graph.exportIndex
        .targets(index, binding.specifier)
        .flatMap((target) => finalsOf(heap, [...graph.exportIndex.find(target, binding.imported)], target));
      const loads = deadLoadsBehind(heap, index, binding.specifier);
      if (finals.length > 0 && finals.every((node) => live.reached[node] !== 1))
        add([...finals, ...loads], importEdit(heap, index, module, binding));
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
    const finals = finalsOf(heap, [...graph.exportIndex.follow(index, entry)], through[0]);
    if (finals.length === 0 || !finals.every((final) => live.reached[final] !== 1)) return [];
    const specifier = entry.source.kind === "from" ? entry.source.specifier : undefined;
    const loads = specifier === undefined ? [] : deadLoadsBehind(heap, index, specifier);
    return [
      [
        [...finals, ...loads],
        {
          kind: "remove-item",
          file,
          ...entry.site,
          ...whenEmpty(heap, index, module, { specifier, statement: entry.site.owner, typeOnly: entry.typeOnly }),
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

/** A file that goes takes every specifier along that leads through it, whatever stands behind. */
function deadLoadsBehind(heap: Heap, index: number, specifier: string): readonly number[] {
  return heap.graph.exportIndex.targets(index, specifier).flatMap((target) => deadLoadOf(heap, target));
}

/** The declarations behind export nodes; for a namespace or a name that is not found, the dead file behind it. */
function finalsOf(heap: Heap, start: number[], through: number | undefined): readonly number[] {
  const { graph } = heap;
  const finals = new Set<number>();
  const seen = new Set(start);
  for (let node = start.pop(); node !== undefined; node = start.pop()) {
    const kind = graph.nodes[node]?.kind;
    if (kind === "declaration") finals.add(node);
    if (kind !== "export" && kind !== "all") continue;
    const next = (graph.edges[node] ?? []).filter((target) => !seen.has(target));
    for (const target of next) seen.add(target);
    start.push(...next);
  }
  return finals.size > 0 ? [...finals] : deadLoadOf(heap, through);
}

function deadLoadOf({ graph, live }: Heap, module: number | undefined): readonly number[] {
  const load = graph.nodesOf[module ?? -1]?.load ?? -1;
  return load >= 0 && live.reached[load] !== 1 ? [load] : [];
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
  const nodes = graph.nodesOf[index];
  const segments = nodes === undefined ? [] : segmentsOf(module, nodes);
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
    .some((target) => graph.effectful[target] === true && live.reached[graph.nodesOf[target]?.load ?? -1] === 1);
  if (!isNeeded) return {};
  const text = module.text.slice(emptied.statement.start, emptied.statement.end);
  const quoted = /(["'])[^"']*\1/.exec(text.slice(text.lastIndexOf("from") + 4))?.[0] ?? JSON.stringify(specifier);
  return { whenEmpty: `import ${quoted}${text.endsWith(";") ? ";" : ""}` };
}
