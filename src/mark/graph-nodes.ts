import type { Span } from "../core/edit.ts";
import type { Module } from "./module.ts";

/**
 * A node of the heap. `load` stands for a file being kept in place and its effects happening; `all` for a module whose
 * namespace object escapes, so that every export may be used.
 */
export type GraphNode =
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
