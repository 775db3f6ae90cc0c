import type { Span } from "../core/edit.ts";
import type { TonightsDeclaration } from "../core/resurrection.ts";
import { textHash } from "../core/text-hash.ts";
import type { Heap } from "./heap.ts";
import { lineAt, type Module } from "./module.ts";

/** Every declaration, part of one, and file of the tree, with the hash of its lines. */
export function* listDeclarations({ graph }: Pick<Heap, "graph">): Generator<TonightsDeclaration> {
  for (const module of graph.modules) {
    const { file, text } = module;
    yield { file, name: file.slice(file.lastIndexOf("/") + 1), hash: textHash(text) };
    for (const { name, parts } of module.declarations)
      for (const { span } of parts) yield { file, name, hash: textHash(linesAround(module, span)) };
    for (const { name, spans } of module.inner)
      for (const span of spans) yield { file, name, hash: textHash(linesAround(module, span)) };
  }
}

/** Whole lines, as members of candidates are. */
function linesAround(module: Module, { start, end }: Span): string {
  const first = module.lineStarts[lineAt(module, start) - 1] ?? 0;
  const behind = module.lineStarts[lineAt(module, Math.max(start, end - 1))] ?? module.text.length;
  return module.text.slice(first, behind);
}
