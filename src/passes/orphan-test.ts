import { garbageOf } from "./cluster-garbage.ts";
import type { Pass } from "./pass.ts";

/** Code that only its own tests use. */
export const orphanTest: Pass = {
  name: "orphan-test",
  doc: {
    summary: "Deletes code that only tests use, together with the tests that have no other subject.",
    why: "A test is a weak root: it never keeps its subject alive, and goes with it.",
    keeps: [
      "code used by a test of live code: it is a test helper then",
      "tests that use no code of the repository, such as end-to-end tests",
      "helpers that live tests share",
    ],
  },
  find: (heap) => garbageOf(heap, "orphan-test"),
};
