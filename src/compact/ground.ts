import type { Heap } from "../mark/heap.ts";
import { createLoads, type Loads } from "./loads.ts";
import { createMeanings, type Meanings } from "./meanings.ts";
import { findMocked } from "./users.ts";

/** What compaction asks of a heap again and again; made once. */
export type Ground = {
  readonly heap: Heap;
  readonly meanings: Meanings;
  readonly loads: Loads;
  /** Modules that tests may replace. */
  readonly mocked: ReadonlySet<number>;
  /** Modules of which `export *` passes everything on. */
  readonly starred: ReadonlySet<number>;
};

const memory = new WeakMap<Heap, Ground>();

export function groundOf(heap: Heap): Ground {
  const known = memory.get(heap) ?? createGround(heap);
  memory.set(heap, known);
  return known;
}

function createGround(heap: Heap): Ground {
  const { graph } = heap;
  const { modules, exportIndex, resolver } = graph;
  const starred = modules.flatMap(({ stars }, index) =>
    stars.flatMap(({ specifier }) => exportIndex.targets(index, specifier)),
  );
  return {
    heap,
    meanings: createMeanings({ moduleAt: (index) => modules[index], targets: exportIndex.targets, resolver }),
    loads: createLoads(graph),
    mocked: findMocked(graph),
    starred: new Set(starred),
  };
}
