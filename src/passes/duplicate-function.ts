import { mergeCopies } from "./merge-copies.ts";
import type { Pass } from "./pass.ts";

/** Functions that are written in several files. */
export const duplicateFunction: Pass = {
  name: "duplicate-function",
  doc: {
    summary:
      "Makes one of functions of the same name that are written in several files of a package: one stays, the others go, and all who used them import the one that stays.",
    why: "Their trees are equal but for the names of their own things, every name that they take from outside means the same declaration, package or global in each, and the swept tree is read again: with the copies put back it is the one that was there, or nothing is proposed.",
    keeps: [
      "copies that use this, arguments, import.meta, eval or a variable of their own module, and those whose tests replace one of the modules by its path",
      "functions that a framework finds by their name, that others than their package see, that are default exports or passed on by name; copies in tests, migrations, versions, plug-ins, dialects, components of a library, and code that tools wrote",
      'merges that would load a package or a module with effects anew, close a circle of imports, mix "use client" with anything else, or save fewer than three lines',
      "components, functions that are handed on as values, and imports across two features are only suspected: whether they are one is a matter of taste",
    ],
  },
  find: (heap) => mergeCopies(heap, "function"),
};
