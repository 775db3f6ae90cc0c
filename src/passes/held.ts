import type { Edit, Span } from "../core/edit.ts";
import type { Category } from "../core/policy.ts";
import type { Heap } from "../mark/heap.ts";
import type { Declaration, Inner, Module } from "../mark/module.ts";

/** A declaration, or a part of something, with the module that holds it. */
export type Held = {
  readonly module: Module;
  readonly index: number;
  readonly name: string;
  readonly spans: readonly Span[];
} & (
  | { readonly kind: "declaration"; readonly declaration: Declaration }
  | { readonly kind: "inner"; readonly inner: Inner; readonly holder: Held | undefined }
);

/** What each kind of part is found as. */
const innerCategories = {
  "class-member": "unused-class-member",
  "enum-member": "unused-enum-member",
  "object-member": "unused-property",
  "type-member": "unused-property",
  field: "unused-property",
  "namespace-member": "unused-export",
  unreachable: "unreachable-code",
  flag: "stale-flag",
} as const satisfies Record<Inner["kind"], Category>;

/** What a node of the graph stands for; undefined for statements, exports, files and names. */
export function hold(heap: Pick<Heap, "graph">, node: number): Held | undefined {
  const { graph } = heap;
  const about = graph.nodes[node];
  const module = about === undefined ? undefined : graph.modules[about.module];
  if (about === undefined || module === undefined) return undefined;
  const declaration = about.kind === "declaration" ? module.declarations[about.index] : undefined;
  if (declaration !== undefined) {
    const spans = declaration.parts.map((part) => part.span);
    return { kind: "declaration", module, index: about.module, name: declaration.name, spans, declaration };
  }
  const inner = about.kind === "inner" ? module.inner[about.index] : undefined;
  if (inner === undefined) return undefined;
  const holder = hold(heap, graph.holderOf[node] ?? -1);
  return { kind: "inner", module, index: about.module, name: inner.name, spans: inner.spans, inner, holder };
}

/** The text of a declaration, a part of one, or a statement. */
export function spansOf(heap: Heap, node: number): readonly Span[] {
  const held = hold(heap, node);
  if (held !== undefined) return held.spans;
  const about = heap.graph.nodes[node];
  const effect = about?.kind === "effect" ? heap.graph.modules[about.module]?.effects[about.index] : undefined;
  return effect === undefined ? [] : [effect.span];
}

/** Whether other modules may name it, or the declaration that it is a part of. */
export function isExported(held: Held): boolean {
  if (held.kind === "inner")
    return held.inner.member !== undefined && held.inner.member.use !== "class" && isExportedHolder(held.holder);
  return held.module.exports.some(
    (entry) => entry.source.kind === "local" && held.declaration.names.includes(entry.source.local),
  );
}

function isExportedHolder(holder: Held | undefined): boolean {
  return holder !== undefined && isExported(holder);
}

/** The category of something that nothing else uses. */
export function categoryOf(held: Held): Category {
  if (held.kind === "inner") return innerCategories[held.inner.kind];
  if (held.declaration.typeOnly || held.declaration.kind === "enum") return "unused-type";
  return isExported(held) ? "unused-export" : "unused-local";
}

/** Whether it exists for the compiler only. */
export function isTypeOnly(held: Held): boolean {
  return held.kind === "declaration" && held.declaration.typeOnly;
}

/** The edits that take it away where it stands. */
export function ownEdits(held: Held): readonly Edit[] {
  const { file } = held.module;
  if (held.kind === "inner") return held.inner.changes.map((change) => ({ ...change, file }));
  return held.declaration.parts.map((part) =>
    part.item === undefined
      ? { kind: "remove", file, span: part.span }
      : { kind: "remove-item", file, span: part.span, owner: part.item.owner, size: part.item.size },
  );
}
