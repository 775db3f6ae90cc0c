import type { Garbage } from "../core/candidate.ts";
import type { Edit } from "../core/edit.ts";
import type { Heap } from "../mark/heap.ts";
import { contains, lineAt, type Declaration, type ExportEntry, type Module } from "../mark/module.ts";
import { isAsidePath, isTestPath } from "../mark/paths.ts";

/*
 * A live declaration that no other file imports: only its word `export` is surplus. That is a matter of taste, not of
 * dead code, so it is a category of its own, which the standard policy reports and does not propose.
 */

/** Exports of live declarations that nothing imports. */
export function* surplusExports(heap: Heap): Generator<Garbage> {
  const spelled = spelledExports(heap);
  for (const [index, module] of heap.graph.modules.entries()) {
    if (!isSwept(heap, index, module)) continue;
    for (const [position, entry] of module.exports.entries()) {
      if (spelled.has(heap.graph.nodesOf[index]?.exports[position] ?? -1)) continue;
      const surplus = surplusDeclaration(heap, index, position);
      const edits = surplus === undefined ? [] : keywordEdits(module, surplus.declaration, entry);
      if (surplus !== undefined && edits.length > 0) yield toGarbage(module, surplus, entry, edits);
    }
  }
}

/** Exports that anything spells, dead code and imports for nothing included: without them that would not compile. */
function spelledExports({ graph }: Heap): ReadonlySet<number> {
  const imported = graph.modules.flatMap((module, index) =>
    module.imports.flatMap(({ specifier, imported: name }) =>
      name === "*"
        ? []
        : graph.exportIndex.targets(index, specifier).flatMap((target) => graph.exportIndex.find(target, name)),
    ),
  );
  const used = graph.nodes.flatMap(({ kind }, node) => (kind === "all" ? [] : (graph.edges[node] ?? [])));
  const spelled = new Set([...imported, ...used]);
  // Grows while it is walked: a namespace that is used as a whole spells every export.
  for (const node of spelled) {
    const kind = graph.nodes[node]?.kind;
    if (kind === "export" || kind === "all") for (const target of graph.edges[node] ?? []) spelled.add(target);
  }
  return spelled;
}

function isSwept(heap: Heap, index: number, module: Module): boolean {
  const isLive = heap.live.reached[heap.graph.nodesOf[index]?.load ?? -1] === 1;
  return (
    isLive &&
    !isAsidePath(module.file) &&
    !isTestPath(module.file) &&
    heap.exempt(module.file) === undefined &&
    heap.knipKeeps.usedInFile(module.file) === undefined
  );
}

/** A live declaration behind an export that nothing reaches, and who uses it. */
type Surplus = { readonly declaration: Declaration; readonly user: string };

function surplusDeclaration(heap: Heap, index: number, position: number): Surplus | undefined {
  const module = heap.graph.modules[index];
  const nodes = heap.graph.nodesOf[index];
  const source = module?.exports[position]?.source;
  if (module === undefined || nodes === undefined || source?.kind !== "local") return undefined;
  const at = module.declarations.findIndex((candidate) => candidate.names.includes(source.local));
  const declaration = module.declarations[at];
  if (declaration === undefined || declaration.keep !== undefined) return undefined;
  const isLive = (node: number | undefined) => heap.live.reached[node ?? -1] === 1;
  if (isLive(nodes.exports[position]) || !isLive(nodes.declarations[at])) return undefined;
  const living = module.exports.filter((_, place) => isLive(nodes.exports[place]));
  const user = userOf(module, declaration, living);
  return user === undefined ? undefined : { declaration, user };
}

function userOf(module: Module, declaration: Declaration, living: readonly ExportEntry[]): string | undefined {
  if (isUsedBeside(module, declaration)) return "its own file uses it, and no other file imports it";
  const isTwin = ({ source }: ExportEntry) => source.kind === "local" && declaration.names.includes(source.local);
  return living.some(isTwin) ? "others import it by its other name" : undefined;
}

/** What stays for its effect alone is used by nobody: without the word `export` compilers and linters complain of it. */
function isUsedBeside({ uses }: Module, { names, parts }: Declaration): boolean {
  return uses.some(({ name, at }) => names.includes(name) && !parts.some(({ span }) => contains(span, at)));
}

function keywordEdits(module: Module, declaration: Declaration, entry: ExportEntry): readonly Edit[] {
  if (entry.site !== undefined) return [{ kind: "remove-item", file: module.file, ...entry.site }];
  if (declaration.names.length > 1 || declaration.kind === "default" || entry.name === "default") return [];
  return declaration.parts.flatMap((part): readonly Edit[] =>
    part.exportKeyword === undefined
      ? []
      : [{ kind: "replace", file: module.file, span: part.exportKeyword, text: "" }],
  );
}

function toGarbage(
  module: Module,
  { declaration, user }: Surplus,
  entry: ExportEntry,
  edits: readonly Edit[],
): Garbage {
  const line = lineAt(module, declaration.parts[0]?.span.start ?? 0);
  const place = { file: module.file, name: entry.name, line };
  return {
    pass: "unused-export",
    category: "surplus-export",
    subject: place,
    members: [{ ...place, endLine: line }],
    evidence: [
      {
        kind: "surplus-export",
        text: `${user}: only the word export is surplus`,
      },
    ],
    ambiguous: [],
    exposure: "internal",
    edits,
    requires: [],
  };
}
