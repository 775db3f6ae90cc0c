import { garbageOf } from "./cluster-garbage.ts";
import type { Pass } from "./pass.ts";

/** Properties, fields and members of types that nothing reads. */
export const unusedProperty: Pass = {
  name: "unused-property",
  doc: {
    summary:
      "Deletes a property of a constant object, a field or an optional member of a type that nothing reads; a field with the statements that set it.",
    why: "A constant object can only be reached through its name, and every such place reads another property; the name of a field or a type's member is spelled nowhere else.",
    keeps: [
      "all properties of an object that is passed on, spread, enumerated, looked up by a computed key or used in typeof",
      "properties whose value may have an effect, those of an object with a type written beside it, and what a published package offers",
      "objects of which most properties are never read, and types that may describe values from outside",
      "public fields are only suspected: whoever copies or prints an object reads them all",
    ],
  },
  find: (heap) => garbageOf(heap, "unused-property"),
};
