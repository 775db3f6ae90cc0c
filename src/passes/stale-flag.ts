import { garbageOf } from "./cluster-garbage.ts";
import type { Pass } from "./pass.ts";

/** Choices by a constant with a name, or by a flag that the policy calls finished. */
export const staleFlag: Pass = {
  name: "stale-flag",
  doc: {
    summary:
      "Folds a choice by a constant that never changes, or by a flag whose final value the policy names, and deletes the side that is never taken.",
    why: "The constant is declared once, with a value that is written out, and nothing in the file shadows it; for a flag the owner has said so.",
    keeps: [
      "switches for developers, such as DEBUG or what a comment tells to change: they are only suspected",
      "names that a file binds twice, and names that begin with two underscores, which builds replace",
      "flags that are read in another way than the policy says",
    ],
  },
  find: (heap) => garbageOf(heap, "stale-flag"),
};
