import { mergeCopies } from "./merge-copies.ts";
import type { Pass } from "./pass.ts";

/** Types that are written in several files. */
export const duplicateType: Pass = {
  name: "duplicate-type",
  doc: {
    summary:
      "Makes one of types or interfaces of the same name that are written in several files of a package: one stays, and all who used the others import it.",
    why: "They are equal member by member, and every name in them means the same in each; types are compared by what they hold, so nobody can tell them apart.",
    keeps: [
      "types of what one component, endpoint or command is given or gives back (Props, Options, Request, Result): they are alike until one of them grows",
      "enums and classes, which are compared by identity, types with unique symbol or import(), merged and ambient declarations",
      "what others than the package see, and everything that duplicate-function keeps for the sake of its file",
    ],
  },
  find: (heap) => mergeCopies(heap, "type"),
};
