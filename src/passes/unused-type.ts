import { garbageOf } from "./cluster-garbage.ts";
import type { Pass } from "./pass.ts";

/** Types, interfaces and enums that nothing names. */
export const unusedType: Pass = {
  name: "unused-type",
  doc: {
    summary: "Deletes a type, interface or enum that nothing names, exported or not.",
    why: "Types leave no trace at run time; no live declaration names it, and the type check proves the rest.",
    keeps: [
      "type assertions such as Expect<Equal<A, B>> and names that begin with an underscore",
      "declaration files, ambient modules and declare global",
      "types that the public API names",
    ],
  },
  find: (heap) => garbageOf(heap, "unused-type"),
};
