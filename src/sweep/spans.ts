import type { Span } from "../core/edit.ts";

/** Whether `inner` lies inside `outer`; a span lies inside itself. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether two spans share a character. */
export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** The union of spans as sorted spans that do not overlap; spans that only touch stay apart. */
export function unite<Kind extends Span>(
  spans: readonly Kind[],
  join: (one: Kind, other: Kind) => Kind,
): readonly Kind[] {
  const sorted = spans.toSorted((one, other) => one.start - other.start || other.end - one.end);
  const united: Kind[] = [];
  for (const span of sorted) {
    const last = united.at(-1);
    if (last === undefined || !(overlaps(last, span) || contains(last, span))) united.push(span);
    else united[united.length - 1] = join(last, span);
  }
  return united;
}
