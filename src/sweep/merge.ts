import type { Edit, FileChange, Span } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import { addImports, type ImportAddition } from "./add-imports.ts";
import { findApplicable, type Applicable, type EditOf } from "./applicable.ts";
import { attachTrivia } from "./attached.ts";
import { collapseList } from "./collapse-list.ts";
import { skipTrivia } from "./comments.ts";
import { removeJsonEntries } from "./json.ts";
import { withKnipEntries } from "./knip-config.ts";
import { removeItems, type ItemRemoval } from "./list-items.ts";
import type { Removal, Substitution } from "./removal.ts";
import { contains, overlaps, unite } from "./spans.ts";
import { moveSpan, substitute } from "./substitute.ts";
import { tidyCuts } from "./tidy.ts";
import { moveWrapping, unwrapAll, type Wrapping } from "./unwrap.ts";

/**
 * Merges the edits of any number of candidates into what each file becomes, in the order of file names; the order of the
 * edits makes no difference. Untouched lines stay byte for byte. A module that loses its last code stays as an
 * empty module, since only an edit that deletes it says that nothing loads it any more; a script that does is deleted.
 * A file whose edits come to nothing is left out.
 *
 * Edits that contradict each other, and positions that do not fit the text, are faults of a pass and throw.
 */
export function mergeEdits(edits: readonly Edit[], texts: Readonly<Record<RepoPath, string>>): readonly FileChange[] {
  const byFile = Map.groupBy(edits, ({ file }) => file);
  const files = [...byFile.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return files.flatMap(([file, own]): readonly FileChange[] => {
    if (own.some(({ kind }) => kind === "delete-file")) return [{ kind: "delete", file }];
    const text = texts[file];
    const added = own.find((edit) => edit.kind === "add-knip-entries");
    if (added !== undefined) return [{ kind: "write", file, text: withKnipEntries(text, added) }];
    if (text === undefined) throw new Error(`Assertion: the text of ${file} was not given`);
    const merged = mergeText(text, own);
    if (merged === text) return [];
    const rest = hasCode(merged) ? merged : emptyModule(text, merged);
    return [rest === null ? { kind: "delete", file } : { kind: "write", file, text: rest }];
  });
}

/** Says in words why edits cannot be merged, or null when they can. */
export function findContradiction(edits: readonly Edit[]): string | null {
  for (const [file, own] of Map.groupBy(edits, (edit) => edit.file)) {
    const contradiction = own.some(({ kind }) => kind === "delete-file") ? null : contradictionIn(findApplicable(own));
    if (contradiction !== null) return `${file}: ${contradiction}`;
  }
  return null;
}

function mergeText(text: string, edits: readonly Edit[]): string {
  const entries = edits.flatMap((edit) => (edit.kind === "remove-json" ? [edit.path] : []));
  if (entries.length > 0) return removeJsonEntries(text, entries);
  for (const span of edits.flatMap(spansOf)) assertFits(text, span);
  const applicable = findApplicable(edits);
  const contradiction = contradictionIn(applicable);
  if (contradiction !== null) throw new Error(`Assertion: ${edits[0]?.file ?? ""}: ${contradiction}`);
  const statements = unite(
    applicable.removed.map(({ start, end }): Removal => ({ kind: "statement", start, end })),
    toLargerEnd,
  );
  const lists = applicable.lists.map(({ owner, items }) =>
    removeFromList(
      text,
      owner,
      unite(items, (outer) => outer),
    ),
  );
  const isKept = (span: Span) => !statements.some((statement) => contains(statement, span));
  const comments = applicable.comments.map(({ start, end }): Removal => ({ kind: "comment", start, end }));
  const removals = [...statements, ...[...lists.flatMap((list) => list.removals), ...comments].filter(isKept)];
  const separators = lists.flatMap((list) => list.substitutions);
  const attached = attachTrivia(text, unite(removals, toLargerEnd));
  const replaced = applicable.replaced.map((edit) => toSubstitution(text, edit));
  const kept = [...replaced, ...separators].filter((span) => !attached.some((removal) => contains(removal, span)));
  const changes = tidyCuts(text, attached, kept);
  const swept = unwrap(
    substitute(text, changes),
    applicable.unwrapped.map((edit) => moveWrapping(edit, changes)),
  );
  return addImports(
    swept,
    edits.filter((edit) => edit.kind === "add-import").map((edit) => moveAddition(edit, changes)),
  );
}

/** Imports stand above everything that an unwrapping moves. */
function moveAddition(edit: EditOf<"add-import">, changes: readonly Substitution[]): ImportAddition {
  return { ...edit, at: moveSpan({ start: edit.at, end: edit.at }, changes).end };
}

/** Of a wrapping in which nothing is left to keep, nothing is left at all. */
function unwrap(text: string, wrappings: readonly Wrapping[]): string {
  const isEmpty = ({ keep }: Wrapping) => skipTrivia(text.slice(0, keep.end), keep.start) >= keep.end;
  const emptied = wrappings.filter(isEmpty).map(({ span }): Removal => ({ kind: "statement", ...span }));
  const removals = attachTrivia(text, unite(emptied, toLargerEnd));
  const changes = tidyCuts(text, removals, []);
  const rest = wrappings.filter(
    (wrapping) => !isEmpty(wrapping) && !removals.some((removal) => contains(removal, wrapping.span)),
  );
  return unwrapAll(
    substitute(text, changes),
    rest.map((wrapping) => moveWrapping(wrapping, changes)),
  );
}

function removeFromList(text: string, owner: Span, items: readonly Span[]): ItemRemoval {
  const collapsed = collapseList(text, owner, items);
  return collapsed === null ? removeItems(text, owner, items) : { removals: [], substitutions: [collapsed] };
}

function toLargerEnd(one: Removal, other: Removal): Removal {
  return { ...one, end: Math.max(one.end, other.end) };
}

function contradictionIn({ removed, replaced, unwrapped }: Applicable): string | null {
  for (const { span, keep } of unwrapped) {
    const others = [...removed, ...[...replaced, ...unwrapped].map((edit) => edit.span)];
    const crossing = others.find((other) => isCutBy(span, other) || isCutBy(keep, other));
    if (crossing !== undefined) return `positions ${span.start} to ${span.end} are unwrapped across another change`;
    const rival = unwrapped.find((other) => isSame(other.span, span) && !isSame(other.keep, keep));
    if (rival !== undefined) return `positions ${span.start} to ${span.end} are to keep two different parts`;
  }
  for (const [index, one] of replaced.entries()) {
    const other = replaced.slice(index + 1).find(({ span }) => overlaps(one.span, span) || isSame(one.span, span));
    if (other !== undefined)
      return `positions ${one.span.start} to ${other.span.end} are to become two different things`;
    const cut = removed.find((span) => overlaps(one.span, span));
    if (cut !== undefined) return `positions ${cut.start} to ${cut.end} are to go in part and to change in part`;
  }
  return null;
}

/** Whether two spans overlap and neither holds the other. */
function isCutBy(one: Span, other: Span): boolean {
  return overlaps(one, other) && !contains(one, other) && !contains(other, one);
}

function isSame(one: Span, other: Span): boolean {
  return one.start === other.start && one.end === other.end;
}

/** A word that is dropped takes the space behind it along. */
function toSubstitution(text: string, { span, text: becomes }: EditOf<"replace">): Substitution {
  const space = becomes === "" && !/\s/.test(text[span.end - 1] ?? "") ? /[ \t]*/y : /(?:)/y;
  space.lastIndex = span.end;
  return { start: span.start, end: span.end + (space.exec(text)?.[0].length ?? 0), text: becomes };
}

function spansOf(edit: Edit): readonly Span[] {
  if (edit.kind === "remove-item") return [edit.span, edit.owner];
  if (edit.kind === "unwrap") return [edit.span, edit.keep];
  if (edit.kind === "add-import") return [{ start: edit.at, end: edit.at }];
  return "span" in edit ? [edit.span] : [];
}

function assertFits(text: string, { start, end }: Span): void {
  if (!(start >= 0 && start <= end && end <= text.length))
    throw new Error(`Assertion: the span ${start} to ${end} does not fit a text of ${text.length} characters`);
}

/** What is left of a module without code; null when the file was no module. One of CommonJS needs no word to be one. */
function emptyModule(text: string, merged: string): string | null {
  if (!/^\uFEFF?[ \t]*(?:import|export)\b/m.test(text)) return /\bexports\b|\brequire\(/.test(text) ? merged : null;
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const isApart = merged.trim() === "" || /\n$/.test(merged);
  return `${merged}${isApart ? "" : lineBreak}export {}${/;\s*$/m.test(text) ? ";" : ""}${lineBreak}`;
}

function hasCode(text: string): boolean {
  const hashbang = /^\uFEFF?#![^\n]*/.exec(text)?.[0].length ?? 0;
  return skipTrivia(text, hashbang) < text.length;
}
