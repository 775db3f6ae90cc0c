import { garbageOf } from "./cluster-garbage.ts";
import type { Pass } from "./pass.ts";

/** Methods, accessors and private fields that nothing mentions. */
export const unusedClassMember: Pass = {
  name: "unused-class-member",
  doc: {
    summary:
      "Deletes a method or accessor of a class, with what overrides it, or a private field, that nothing mentions.",
    why: "Whatever spells its name anywhere, as a property, a key, an attribute or a word in a string, would keep it; what is private can only be named by its own class.",
    keeps: [
      "members of a class that extends or implements something from another package, which may call them",
      "all but private members in a package that is published",
      "decorated and computed members, public fields, the hooks of frameworks and names that are composed at run time",
    ],
  },
  find: (heap) => garbageOf(heap, "unused-class-member"),
};
