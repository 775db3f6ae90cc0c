import type { Span } from "../core/edit.ts";
import type { Module } from "./module.ts";

/**
 * A node of the heap. `load` stands for a file being kept in place and its effects happening; `all` for a module whose
 * namespace object escapes, so that every export may be used; `inner` for a part of a declaration or statement; `name`
 * for a name that members have, which belongs to no module.
 */
export type GraphNode =
  | { readonly kind: "declaration"; readonly module: number; readonly index: number }
  | { readonly kind: "effect"; readonly module: number; readonly index: number }
  | { readonly kind: "export"; readonly module: number; readonly index: number }
  | { readonly kind: "inner"; readonly module: number; readonly index: number }
  | { readonly kind: "load"; readonly module: number }
  | { readonly kind: "all"; readonly module: number }
  | { readonly kind: "name"; readonly module: -1; readonly name: string };

/** The nodes of one module. */
export type ModuleNodes = {
  readonly load: number;
  readonly all: number;
  readonly declarations: readonly number[];
  readonly effects: readonly number[];
  readonly exports: readonly number[];
  readonly inner: readonly number[];
  /** The text of the module by the innermost node that it belongs to, in order. */
  readonly segments: readonly Segment[];
};

/** The stretch of text that belongs to a node. */
type Segment = Span & { readonly node: number };

/** The nodes of all modules, and for each part of something the node that holds it (-1 for everything else). */
export type NumberedNodes = {
  readonly nodes: GraphNode[];
  readonly nodesOf: readonly ModuleNodes[];
  readonly holderOf: number[];
};

/** Gives every node of every module its number. */
export function numberNodes(modules: readonly Module[]): NumberedNodes {
  const nodes: GraphNode[] = [];
  const holderOf: number[] = [];
  const add = (node: GraphNode): number => {
    holderOf.push(-1);
    return nodes.push(node) - 1;
  };
  const nodesOf = modules.map((module, index) => {
    const own = {
      load: add({ kind: "load", module: index }),
      all: add({ kind: "all", module: index }),
      declarations: module.declarations.map((_, at) => add({ kind: "declaration", module: index, index: at })),
      effects: module.effects.map((_, at) => add({ kind: "effect", module: index, index: at })),
      exports: module.exports.map((_, at) => add({ kind: "export", module: index, index: at })),
      inner: module.inner.map((_, at) => add({ kind: "inner", module: index, index: at })),
    };
    const parts = nest(module, own);
    for (const [node, holder] of parts.holders) holderOf[node] = holder;
    return { ...own, segments: parts.segments };
  });
  return { nodes, nodesOf, holderOf };
}

type Nested = { readonly segments: readonly Segment[]; readonly holders: ReadonlyMap<number, number> };

/** Cuts the text of a module into stretches that belong to one node each, the innermost one. */
function nest(module: Module, nodes: Omit<ModuleNodes, "segments">): Nested {
  const segments: Segment[] = [];
  const holders = new Map<number, number>();
  const open: Segment[] = [];
  let at = 0;
  const closeUpTo = (end: number) => {
    const top = open.at(-1);
    if (top !== undefined && end > at) segments.push({ start: at, end, node: top.node });
    at = Math.max(at, end);
  };
  const pop = (before: number) => {
    for (let top = open.at(-1); top !== undefined && top.end <= before; top = open.at(-1)) {
      closeUpTo(top.end);
      open.pop();
    }
  };
  for (const span of spansIn(module, nodes)) {
    pop(span.start);
    closeUpTo(span.start);
    if (span.isPart) holders.set(span.node, open.at(-1)?.node ?? nodes.load);
    at = Math.max(at, span.start);
    open.push(span);
  }
  pop(Infinity);
  return { segments, holders };
}

/** What belongs to a node, the larger before what it holds; `isPart` on the span that says what holds a part. */
function spansIn(
  module: Module,
  nodes: Omit<ModuleNodes, "segments">,
): readonly (Segment & { readonly isPart: boolean })[] {
  const spans = [
    ...module.declarations.flatMap(({ parts }, at) =>
      parts.map(({ span }) => ({ ...span, node: nodes.declarations[at] ?? nodes.load, isPart: false })),
    ),
    ...module.effects.map(({ span }, at) => ({ ...span, node: nodes.effects[at] ?? nodes.load, isPart: false })),
    ...module.inner.flatMap((part, at) =>
      part.spans.map((span, first) => ({ ...span, node: nodes.inner[at] ?? nodes.load, isPart: first === 0 })),
    ),
  ];
  return spans.sort((a, b) => a.start - b.start || b.end - a.end);
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
