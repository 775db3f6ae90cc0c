import { garbageOf } from "./cluster-garbage.ts";
import type { Pass } from "./pass.ts";

/** Statements behind a jump, and branches that are never taken. */
export const unreachableCode: Pass = {
  name: "unreachable-code",
  doc: {
    summary:
      "Deletes statements behind a return, throw, break or endless loop, and the side of a condition that is written out as a constant; the other side takes its place.",
    why: "Control never comes there, whatever the program is given; what only that code used goes with it.",
    keeps: [
      "functions and var declarations, whose names can be used from above, and a break behind a return",
      "conditions on the environment, on typeof and on names that a build replaces",
      "conditions whose evaluation calls something, and code behind a call that never returns, which only types know",
    ],
  },
  find: (heap) => garbageOf(heap, "unreachable-code"),
};
