import type { Inventory, Rename, Thing } from "../core/backtest.ts";
import type { RepoPath } from "../core/names.ts";

/** Something as it stood at the point before. */
export type Trace = { readonly file: RepoPath; readonly name: string; readonly hash: string };

/** Where something stands at a point, and whether it is alive there. */
export type Found = Trace & { readonly live: boolean };

/** Finds again what stood at the point before, in its file, under the new path of that file, or moved to another one. */
export type Locator = (trace: Trace) => Found | undefined;

/** `before` is what stood at the point before: what is in another file already then was not moved there. */
export function createLocator(
  now: Inventory,
  { before, renames }: { readonly before: Inventory | undefined; readonly renames: readonly Rename[] },
): Locator {
  const renamed = new Map(renames.map(({ from, to }) => [from, to]));
  let moved: ReadonlyMap<string, readonly Found[]> | undefined;
  return (trace) => {
    const file = now.has(trace.file) ? trace.file : (renamed.get(trace.file) ?? trace.file);
    const here = findIn(now, file, isFile(trace) ? baseName(file) : trace.name);
    if (here !== undefined) return here;
    moved ??= listNew(now, before);
    return moved.get(keyOf(trace))?.[0];
  };
}

/** Something of that name in a file; of several, such as a getter and its setter, one that is alive. */
export function findIn(inventory: Inventory, file: RepoPath, name: string): Found | undefined {
  const things = inventory.get(file)?.filter((thing) => thing.name === name) ?? [];
  const thing = things.find(({ live }) => live) ?? things[0];
  return thing === undefined ? undefined : { ...thing, file };
}

function listNew(now: Inventory, before: Inventory | undefined): ReadonlyMap<string, readonly Found[]> {
  const found = [...now].flatMap(([file, things]) => {
    const known = new Set(before?.get(file)?.map(({ name }) => name));
    return things.filter(({ name }) => !known.has(name)).map((thing) => ({ ...thing, file }));
  });
  return Map.groupBy(found, keyOf);
}

/** A file may be given another name when it moves; what it holds tells. */
function keyOf(trace: Trace): string {
  return isFile(trace) ? trace.hash : `${trace.name} ${trace.hash}`;
}

function isFile({ file, name }: Pick<Trace, "file" | "name">): boolean {
  return baseName(file) === name;
}

function baseName(file: RepoPath): Thing["name"] {
  return file.slice(file.lastIndexOf("/") + 1);
}
