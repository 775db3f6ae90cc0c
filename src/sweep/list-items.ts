import type { Span } from "../core/edit.ts";
import { skipTrivia } from "./comments.ts";
import { findComments } from "./scan.ts";
import type { Removal, Substitution } from "./removal.ts";

/** What goes when items leave a list that keeps others: the items with the right commas, and rarely a `;` instead. */
export type ItemRemoval = { readonly removals: readonly Removal[]; readonly substitutions: readonly Substitution[] };

type Group = { readonly start: number; readonly end: number; readonly comma: number | null };

/** Removes some items of the comma-separated list in `owner`; `items` are sorted and do not overlap. */
export function removeItems(text: string, owner: Span, items: readonly Span[]): ItemRemoval {
  const comments = findComments(text, owner, items);
  const parts = groupItems(text, items).map((group) => removeGroup({ text, owner, comments }, group));
  return {
    removals: parts.flatMap(({ removals }) => removals),
    substitutions: parts.flatMap(({ substitutions }) => substitutions),
  };
}

/** Neighbours that go together, each group with the comma behind it. */
function groupItems(text: string, items: readonly Span[]): readonly Group[] {
  const groups: Group[] = [];
  for (const item of items) {
    const behind = skipTrivia(text, item.end);
    const comma = text[behind] === "," ? behind : null;
    const last = groups.at(-1);
    const isNext = last?.comma !== undefined && last.comma !== null && skipTrivia(text, last.comma + 1) === item.start;
    if (isNext) groups[groups.length - 1] = { start: last.start, end: item.end, comma };
    else groups.push({ start: item.start, end: item.end, comma });
  }
  return groups;
}

type List = { readonly text: string; readonly owner: Span; readonly comments: readonly Span[] };

function removeGroup(list: List, group: Group): ItemRemoval {
  const { text } = list;
  const before = previousToken(list, group.start);
  const end = group.comma === null ? group.end : group.comma + 1;
  const behind = skipTrivia(text, end);
  if (text[before] === "{" && text[behind] === "}")
    return removeBraces(list, { start: before, end: behind + 1 }, group);
  const isFirst = text[before] !== ",";
  if (group.comma !== null || isFirst) return only([{ kind: isFirst ? "head" : "item", start: group.start, end }]);
  return removeLast(list, { comma: before, group, behind });
}

/** `import a, { b }` without b: the braces and the comma before them go too. */
function removeBraces(list: List, braces: Span, group: Group): ItemRemoval {
  const comma = previousToken(list, braces.start);
  if (list.text[comma] === ",") return only([{ kind: "comma", start: comma, end: braces.end }]);
  return only([{ kind: "item", start: group.start, end: group.comma === null ? group.end : group.comma + 1 }]);
}

/** The last item of a list without a trailing comma takes the comma before it. */
function removeLast(list: List, last: { comma: number; group: Group; behind: number }): ItemRemoval {
  const { text, owner, comments } = list;
  const { comma, group, behind } = last;
  const item: Removal = { kind: "item", start: group.start, end: group.end };
  const isFollowedByComment = comments.some(
    ({ start }) => start > comma && start < group.start && !text.slice(comma, start).includes("\n"),
  );
  // The comment stays with the item before it, and a semicolon behind a comment would be lost.
  if (isFollowedByComment && text[behind] === ";" && behind < owner.end) {
    const semicolon: Substitution = { start: comma, end: comma + 1, text: ";" };
    return { removals: [{ ...item, end: behind + 1 }], substitutions: [semicolon] };
  }
  return only([{ kind: "comma", start: comma, end: comma + 1 }, item]);
}

function only(removals: readonly Removal[]): ItemRemoval {
  return { removals, substitutions: [] };
}

/** The index of the last character before `at` that is neither white space nor in a comment. */
function previousToken({ text, comments }: List, at: number): number {
  let index = at - 1;
  for (const comment of comments.toReversed()) {
    if (comment.end > index + 1) continue;
    index = skipSpaceBack(text, index);
    if (comment.end !== index + 1) break;
    index = comment.start - 1;
  }
  return skipSpaceBack(text, index);
}

function skipSpaceBack(text: string, from: number): number {
  let index = from;
  while (index >= 0 && /\s/.test(text[index] ?? "")) index -= 1;
  return index;
}
