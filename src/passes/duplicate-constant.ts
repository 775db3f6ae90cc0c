import { mergeCopies } from "./merge-copies.ts";
import type { Pass } from "./pass.ts";

/** Constants that are written in several files. */
export const duplicateConstant: Pass = {
  name: "duplicate-constant",
  doc: {
    summary:
      "Makes one of constants of the same name and value that are written in several files of a package, when they are long enough to be meant as one thing.",
    why: "Each is one text, number, pattern or `as const` list for ever, and the value is the same.",
    keeps: [
      "objects and lists that are not `as const`, which somebody may change or compare; patterns with the flags g and y, which remember where they were",
      "values of one line, which are often equal by accident",
      "texts for people, schemas of endpoints, and everything that duplicate-function keeps for the sake of its file",
    ],
  },
  find: (heap) => mergeCopies(heap, "constant"),
};
