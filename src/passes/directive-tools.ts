import { directiveTools, type DirectiveTool } from "../mark/directives.ts";
import type { Heap } from "../mark/heap.ts";

/** The tools that no manifest, configuration, text or file name of the repository speaks of. */
export function findAbsentTools(heap: Heap): ReadonlySet<DirectiveTool> {
  const paths = [...heap.graph.modules, ...heap.unparsed].map(({ file }) => file);
  const spoken = [...heap.manifestTexts.values(), ...heap.texts.flatMap(({ file, text }) => [file, text]), ...paths];
  const names = Object.keys(directiveTools).filter((name): name is DirectiveTool => name in directiveTools);
  return new Set(
    names.filter(
      // The compiler is in every editor.
      (name) => name !== "typescript" && !spoken.some((text) => directiveTools[name].mention.test(text)),
    ),
  );
}
