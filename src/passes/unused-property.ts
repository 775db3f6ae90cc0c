import { garbageOf } from "./cluster-garbage.ts";
import type { Pass } from "./pass.ts";

/** Properties that nothing reads. */
export const unusedProperty: Pass = {
  name: "unused-property",
  doc: {
    summary: "Deletes a property of a constant object that nothing reads.",
    why: "It can only be reached through the name of its object, and every such place reads another property.",
    keeps: [
      "all properties of an object that is passed on, spread, enumerated, looked up by a computed key or used in typeof",
      "properties whose value may have an effect, and those of an object with a type written beside it",
      "objects of which most properties are never read, and those that a published package exports",
    ],
  },
  find: (heap) => garbageOf(heap, "unused-property"),
};
