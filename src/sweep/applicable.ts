import type { Edit, Span } from "../core/edit.ts";
import { contains } from "./spans.ts";

/** An edit of one kind. */
export type EditOf<Kind extends Edit["kind"]> = Extract<Edit, { readonly kind: Kind }>;
type Item = EditOf<"remove-item">;

/** What the edits of one file come to: spans that go, items that leave a list which stays, and new texts. */
export type Applicable = {
  readonly removed: readonly Span[];
  readonly lists: readonly { readonly owner: Span; readonly items: readonly Span[] }[];
  readonly replaced: readonly EditOf<"replace">[];
  readonly comments: readonly Span[];
  readonly unwrapped: readonly EditOf<"unwrap">[];
};

/**
 * Decides which edits of one file apply. Removing one thing can free the next, so conditional items are tried again
 * until none is added; each round adds at least one, which bounds the rounds by the number of edits.
 */
export function findApplicable(edits: readonly Edit[]): Applicable {
  const spans = edits.flatMap((edit) => (edit.kind === "remove" ? [edit.span] : []));
  const items = edits.filter((edit) => edit.kind === "remove-item");
  const chosen = chooseItems([...spans, ...edits.flatMap(goneIn)], items);
  const lists = groupByOwner(chosen);
  const emptied = lists.filter(({ items: gone, size }) => gone.length === size);
  const removed = [...spans, ...emptied.flatMap(({ owner, whenEmpty }) => (whenEmpty === undefined ? [owner] : []))];
  const isInsideRemoved = (span: Span) => removed.some((outer) => contains(outer, span));
  const explicit = edits.filter((edit) => edit.kind === "replace").filter((edit) => !isBareCut(edit));
  const replaced = distinctReplacements([...explicit, ...emptied.flatMap(emptiedReplacement)]).filter(
    ({ span }) => !isInsideRemoved(span),
  );
  const unwrapped = distinct(
    edits.filter((edit) => edit.kind === "unwrap"),
    ({ span, keep }) => `${span.start}:${span.end}:${keep.start}:${keep.end}`,
  );
  const cut = unwrapped.flatMap(goneIn);
  const isInsideReplaced = (span: Span) =>
    replaced.some((outer) => contains(outer.span, span)) || cut.some((outer) => contains(outer, span));
  // What a replacement keeps of the old text it keeps as it was; the rest is for the next round.
  return {
    removed: removed.filter((span) => !isInsideReplaced(span)),
    lists: lists.filter(
      (list) => list.items.length < list.size && !isInsideRemoved(list.owner) && !isInsideReplaced(list.owner),
    ),
    replaced: replaced.filter(({ span }) => !cut.some((outer) => contains(outer, span))),
    comments: edits
      .flatMap((edit) => ("span" in edit && (edit.kind === "remove-comment" || isBareCut(edit)) ? [edit.span] : []))
      .filter((span) => !isInsideReplaced(span) && !isInsideRemoved(span)),
    unwrapped: unwrapped.filter(({ span }) => !isInsideRemoved(span) && !isInsideReplaced(span)),
  };
}

/** What leaves nothing in its place goes like a comment: alone, and with its line if that is empty then. */
function isBareCut(edit: Edit): boolean {
  return edit.kind === "replace" && edit.text === "" && edit.drops === true;
}

/** What an edit takes away beside what it keeps; a `remove` is counted apart. */
function goneIn(edit: Edit): readonly Span[] {
  if (edit.kind === "replace") return edit.drops === true ? [edit.span] : [];
  if (edit.kind !== "unwrap") return [];
  const { span, keep } = edit;
  return [
    { start: span.start, end: keep.start },
    { start: keep.end, end: span.end },
  ];
}

function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

function chooseItems(spans: readonly Span[], items: readonly Item[]): readonly Item[] {
  const chosen = items.filter(({ unlessUsedAt }) => unlessUsedAt === undefined);
  let waiting = items.filter(({ unlessUsedAt }) => unlessUsedAt !== undefined);
  for (let isChanging = true; isChanging;) {
    const gone = [...spans, ...chosen.map(({ span }) => span)];
    const isGone = (at: number) => gone.some(({ start, end }) => start <= at && at < end);
    const freed = waiting.filter(({ unlessUsedAt }) => unlessUsedAt?.every(isGone));
    chosen.push(...freed);
    waiting = waiting.filter((item) => !freed.includes(item));
    isChanging = freed.length > 0;
  }
  return chosen;
}

type List = {
  readonly file: string;
  readonly owner: Span;
  readonly size: number;
  readonly items: readonly Span[];
  readonly whenEmpty: string | undefined;
};

function groupByOwner(items: readonly Item[]): readonly List[] {
  const lists = Map.groupBy(items, ({ owner }) => `${owner.start}:${owner.end}`);
  return [...lists.values()].flatMap((group): readonly List[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { file, owner, size } = first;
    const texts = new Set(group.flatMap(({ whenEmpty }) => (whenEmpty === undefined ? [] : [whenEmpty])));
    if (texts.size > 1 || group.some((item) => item.size !== size))
      throw new Error(`Assertion: edits of one list in ${file} disagree about its size or what is left of it`);
    const spans = group.map(({ span }) => span);
    const sorted = distinct(spans, ({ start, end }) => `${start}:${end}`).toSorted(
      (one, other) => one.start - other.start,
    );
    return [{ file, owner, size, items: sorted, whenEmpty: [...texts][0] }];
  });
}

function emptiedReplacement({ file, owner, whenEmpty }: List): readonly EditOf<"replace">[] {
  return whenEmpty === undefined ? [] : [{ kind: "replace", file, span: owner, text: whenEmpty }];
}

function distinctReplacements(edits: readonly EditOf<"replace">[]): readonly EditOf<"replace">[] {
  const once = distinct(edits, ({ span, text }) => `${span.start}:${span.end}:${text}`);
  return once.toSorted((one, other) => one.span.start - other.span.start || one.span.end - other.span.end);
}
