import type { Span } from "../core/edit.ts";
import { lineStart } from "./comments.ts";
import type { Substitution } from "./removal.ts";
import { moveSpan, substitute } from "./substitute.ts";

/** Text of which only a part stays. */
export type Wrapping = { readonly span: Span; readonly keep: Span; readonly rigid: readonly Span[] };

/** Takes what is kept out of what stood around it, the innermost first. */
export function unwrapAll(text: string, wrappings: readonly Wrapping[]): string {
  const [next, ...others] = wrappings.toSorted(
    (one, other) => other.span.start - one.span.start || one.span.end - other.span.end,
  );
  if (next === undefined) return text;
  const changes = unwrapOne(text, next);
  return unwrapAll(
    substitute(text, changes),
    others.map((other) => moveWrapping(other, changes)),
  );
}

/** A wrapping at the place where other changes put it. */
export function moveWrapping({ span, keep, rigid }: Wrapping, changes: readonly Substitution[]): Wrapping {
  return {
    span: moveSpan(span, changes),
    keep: moveSpan(keep, changes),
    rigid: rigid.map((one) => moveSpan(one, changes)),
  };
}

/** Cuts both ends off and moves the lines between to the left. */
function unwrapOne(text: string, { span, keep: kept, rigid }: Wrapping): readonly Substitution[] {
  const keep = trim(text, kept);
  const outer = indentationAt(text, span.start);
  const inner = indentationAt(text, keep.start);
  const surplus = inner.startsWith(outer) ? inner.slice(outer.length) : "";
  const shifts = surplus === "" ? [] : lineStartsIn(text, keep).flatMap((at) => shift(text, at, { outer, surplus }));
  const isRigid = ({ start }: Substitution) => rigid.some((one) => one.start < start && start < one.end);
  return [
    { start: span.start, end: keep.start, text: "" },
    ...shifts.filter((change) => !isRigid(change)),
    { start: keep.end, end: span.end, text: "" },
  ];
}

/** What went at the edges has left its white space there. */
function trim(text: string, { start, end }: Span): Span {
  const kept = text.slice(start, end);
  return { start: start + kept.search(/\S|$/), end: start + kept.trimEnd().length };
}

function indentationAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? "";
}

function lineStartsIn(text: string, { start, end }: Span): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf("\n", start); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) found.push(at + 1);
  return found;
}

/** A line that is indented less than the rest, such as a label, moves as far as it can. */
function shift(
  text: string,
  at: number,
  { outer, surplus }: { readonly outer: string; readonly surplus: string },
): readonly Substitution[] {
  const own = indentationAt(text, at);
  if (own.startsWith(outer + surplus))
    return [{ start: at + outer.length, end: at + outer.length + surplus.length, text: "" }];
  return own.startsWith(outer) && own !== outer ? [{ start: at + outer.length, end: at + own.length, text: "" }] : [];
}
