import { garbageOf } from "./cluster-garbage.ts";
import type { Pass } from "./pass.ts";

/** Files that nothing loads. */
export const unusedFile: Pass = {
  name: "unused-file",
  doc: {
    summary: "Deletes a file that no root loads, imports or names, with everything that only it used.",
    why: "No entry of the package, no configuration, script, test or text leads to it, and its package has live production code, so its entries are known.",
    keeps: [
      "files in a package without a live production file: its entries are not known",
      "files named in any tracked text, by a string, or reached by a computed or templated import",
      "tests, scripts, examples, documentation, configuration, migrations, generated code and declaration files",
    ],
  },
  find: (heap) => garbageOf(heap, "unused-file"),
};
