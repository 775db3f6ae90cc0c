import type { Garbage, Member } from "../core/candidate.ts";
import type { Edit } from "../core/edit.ts";
import type { Copy } from "../compact/copies.ts";
import { placeImport } from "../compact/import-place.ts";
import { planMerges, type MergePlan } from "../compact/plan.ts";
import { specifierFor } from "../compact/specifiers.ts";
import type { Standing } from "../compact/survivor.ts";
import type { Importer } from "../compact/users.ts";
import { isUsedInCode } from "../compact/use-forms.ts";
import type { Heap } from "../mark/heap.ts";
import { lineAt, type Module } from "../mark/module.ts";
import { sitesOf } from "./sites.ts";

type Kind = Parameters<typeof planMerges>[1];

/** What is written twice of one kind, each with the edits that make one of it. */
export function* mergeCopies(heap: Heap, kind: Kind): Iterable<Garbage> {
  for (const plan of planMerges(heap, kind)) {
    const garbage = toGarbage(heap, kind, plan);
    if (garbage !== undefined) yield garbage;
  }
}

function toGarbage(heap: Heap, kind: Kind, { survivor, because, going, doubts }: MergePlan): Garbage | undefined {
  const edits = going.map((standing) => forward(heap, standing, survivor));
  const [first] = going;
  if (first === undefined || edits.includes(undefined)) return undefined;
  const members = going.map(({ copy }) => memberOf(copy));
  const stays = placeOf(survivor.copy);
  const { line, file, name } = memberOf(first.copy);
  return {
    pass: `duplicate-${kind}`,
    category: `duplicate-${kind}`,
    subject: { file, name, line },
    members,
    evidence: [
      {
        kind: "same-code",
        text: `${name} is written ${going.length + 1} times, and every name in it means the same each time: ${[...going, survivor].map(({ copy }) => placeOf(copy)).join(", ")}`,
      },
      {
        kind: "same-code",
        text: "with each copy put back in its place, the tree is the one that was there: both were read and compared",
      },
      { kind: "survivor", text: `${stays} stays: ${because}` },
    ],
    ambiguous: doubts.map((doubt) => ({ kind: "taste", ...doubt })),
    exposure: going.some(({ users }) => users.importers.length > 0) ? "internal" : "local",
    edits: [...(survivor.isExported ? [] : [exportEdit(survivor.copy)]), ...edits.flatMap((list) => list ?? [])],
    requires: [],
    forwards: members.map((member) => ({
      from: { file: member.file, name },
      to: { file: survivor.copy.module.file, name },
    })),
  };
}

function memberOf({ module, print }: Copy): Member {
  const { start, end } = print.span;
  return { file: module.file, name: print.name, line: lineAt(module, start), endLine: lineAt(module, end - 1) };
}

function placeOf({ module, print }: Copy): string {
  return `${module.file}:${lineAt(module, print.span.start)}`;
}

function exportEdit({ module, print }: Copy): Edit {
  const { start } = print.span;
  return { kind: "replace", file: module.file, span: { start, end: start }, text: "export " };
}

/** A copy goes, and its own module and its importers import the other one; undefined when one of them cannot name it. */
function forward(heap: Heap, { copy, users }: Standing, { copy: to }: Standing): readonly Edit[] | undefined {
  const { module, index, print } = copy;
  const { name, span } = print;
  const isNeeded = isUsedInCode(module, name, span);
  const typeOnly = print.kind === "type" && !/\.[cm]?jsx?$/.test(module.file);
  const added = [
    ...(isNeeded ? [addImport(heap, index, to, { local: name, typeOnly })] : []),
    ...users.importers.map((importer) => redirect(heap, importer, to)),
  ];
  if (added.includes(undefined)) return undefined;
  return [
    { kind: "remove", file: module.file, span },
    ...exportSites(module, name),
    ...sitesOf(heap).importsUsedIn(index, [span]),
    ...added.flatMap((edits) => edits ?? []),
  ];
}

function exportSites({ file, exports }: Module, name: string): readonly Edit[] {
  return exports.flatMap(({ source, site }): readonly Edit[] =>
    source.kind === "local" && source.local === name && site !== undefined
      ? [{ kind: "remove-item", file, ...site }]
      : [],
  );
}

/** An import of the copy becomes one of the other: in its place when it stands alone, else beside the others from there. */
function redirect(heap: Heap, { index, binding }: Importer, to: Copy): readonly Edit[] | undefined {
  const module = heap.graph.modules[index];
  const statement = module?.statements[binding.statement];
  const specifier = specifierFor(heap.graph, heap.packages, index, to.index);
  if (module === undefined || statement === undefined || specifier === undefined) return undefined;
  const isKnown = module.statements.some((other) => other.specifier === specifier && other !== statement);
  const { imported, local, typeOnly } = binding;
  // It goes whatever still uses its name, which is what the new one is for, and what it loads is loaded all the same.
  const gone: Edit = {
    kind: "remove-item",
    file: module.file,
    span: binding.span,
    owner: statement.span,
    size: statement.size,
  };
  if (statement.size === 1 && !isKnown && imported === to.print.name) {
    const { start, end } = statement.span;
    const from = module.text.slice(start, end).lastIndexOf(statement.specifier);
    const span = { start: start + from, end: start + from + statement.specifier.length };
    return from < 0 ? undefined : [{ kind: "replace", file: module.file, span, text: specifier }];
  }
  return [gone, ...(addImport(heap, index, to, { local, typeOnly }) ?? [])];
}

function addImport(
  heap: Heap,
  index: number,
  to: Copy,
  { local, typeOnly }: { readonly local: string; readonly typeOnly: boolean },
): readonly Edit[] | undefined {
  const module = heap.graph.modules[index];
  const specifier = specifierFor(heap.graph, heap.packages, index, to.index);
  if (module === undefined || specifier === undefined) return undefined;
  return [
    { kind: "add-import", ...placeImport(module, specifier, typeOnly), imported: to.print.name, local, typeOnly },
  ];
}
