import type { Garbage } from "../core/candidate.ts";
import type { Category } from "../core/policy.ts";
import type { Heap } from "../mark/heap.ts";

/** One kind of garbage: a value with a name, its documentation, and one pure function that finds it. */
export type Pass = {
  readonly name: Category;
  readonly doc: {
    /** One sentence: what it takes. */
    readonly summary: string;
    /** Why that is safe. */
    readonly why: string;
    /** What it leaves alone, or misses. */
    readonly keeps: readonly string[];
  };
  /** Never writes, logs or reads the disk. */
  readonly find: (heap: Heap) => Iterable<Garbage>;
};
