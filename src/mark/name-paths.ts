import type { Span } from "../core/edit.ts";
import { contains } from "./module.ts";

/** The text range of a class, function, method or variable. */
export type NamedRange = Span & { readonly name: string };

/** The name path of what is around a position; what is called `own` and begins right there is left out. */
export type NamePaths = (position: number, own?: string) => string;

/** Ranges are nested or apart, so those around a position are found from the nearest one outwards. */
export function createNamePaths(named: readonly NamedRange[]): NamePaths {
  let tree: Tree | undefined;
  return (position, own) => {
    const { ranges, parents } = (tree ??= growTree(named));
    const path: string[] = [];
    for (let at = lastBefore(ranges, position); at >= 0; at = parents[at] ?? -1) {
      const range = ranges[at];
      if (range === undefined || !contains(range, position)) continue;
      if (range.start !== position || range.name !== own) path.unshift(range.name);
    }
    return path.join(".");
  };
}

type Tree = { readonly ranges: readonly NamedRange[]; readonly parents: readonly number[] };

/** Grown when it is first asked: most files have nothing whose path anybody wants to know. */
function growTree(named: readonly NamedRange[]): Tree {
  const ranges = named.toSorted((a, b) => a.start - b.start || b.end - a.end);
  return { ranges, parents: findParents(ranges) };
}

function findParents(ranges: readonly NamedRange[]): readonly number[] {
  const open: number[] = [];
  return ranges.map(({ start }, at) => {
    while (open.length > 0 && (ranges[open.at(-1) ?? -1]?.end ?? 0) <= start) open.pop();
    const parent = open.at(-1) ?? -1;
    open.push(at);
    return parent;
  });
}

/** The last range that begins at or before a position. */
function lastBefore(ranges: readonly NamedRange[], position: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.start ?? Infinity) <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
