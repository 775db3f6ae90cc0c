import { garbageOf } from "./cluster-garbage.ts";
import type { Pass } from "./pass.ts";
import { surplusExports } from "./surplus-export.ts";

/** Exported values that nothing uses, and exports that nothing imports. */
export const unusedExport: Pass = {
  name: "unused-export",
  doc: {
    summary:
      "Deletes an exported function, class or variable that nothing uses, at all its sites; drops the word export where only that is surplus.",
    why: "No root reaches the declaration through any import, re-export or namespace, and evaluating it does nothing.",
    keeps: [
      "everything that a package's exports, main, types or bin leads to, by name or through export *",
      "every export of a namespace that escapes: passed on, spread, indexed by a computed key",
      "declarations whose initialiser may do something, such as registering itself",
      "declarations under a nightsweep-keep annotation, or tagged @public, @beta or @lintignore; tagged @internal where tests use them",
      "what the configuration of knip ignores: ignore, ignoreFiles, ignoreMembers, ignoreExportsUsedInFile, tags",
    ],
  },
  *find(heap) {
    yield* garbageOf(heap, "unused-export");
    yield* surplusExports(heap);
  },
};
