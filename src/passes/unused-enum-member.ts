import { garbageOf } from "./cluster-garbage.ts";
import type { Pass } from "./pass.ts";

/** Members of enums that nothing names. */
export const unusedEnumMember: Pass = {
  name: "unused-enum-member",
  doc: {
    summary: "Deletes a member of an enum that nothing names.",
    why: "A member can only be reached through the name of its enum, and every such place names another member.",
    keeps: [
      "all members of an enum that is passed on, enumerated, looked up by a computed key or used in typeof",
      "members without a value of their own that others follow, since those would get another number",
      "enums of which most members are never named, and those that a published package exports",
    ],
  },
  find: (heap) => garbageOf(heap, "unused-enum-member"),
};
