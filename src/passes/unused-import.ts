import type { Garbage } from "../core/candidate.ts";
import type { Heap } from "../mark/heap.ts";
import { lineAt, type ImportBinding, type Module } from "../mark/module.ts";
import { isAsidePath } from "../mark/paths.ts";
import type { Pass } from "./pass.ts";
import { importEdit, usePositions } from "./sites.ts";

/** Imports whose name is never used. */
export const unusedImport: Pass = {
  name: "unused-import",
  doc: {
    summary: "Drops an import whose name its file never uses; a module that does something when loaded stays loaded.",
    why: "The name occurs nowhere in the file, neither in code nor in a documentation type.",
    keeps: [
      "React and other JSX factories in files with JSX",
      "imports of packages in plain JavaScript, where loading the package may be the point",
      "imports for effects",
    ],
  },
  *find(heap) {
    for (const [index, module] of heap.graph.modules.entries()) {
      if (isAsidePath(module.file) || heap.exempt(module.file) !== undefined) continue;
      if (heap.live.reached[heap.graph.nodesOf[index]?.load ?? -1] !== 1) continue;
      for (const binding of module.imports)
        if (isUnused(heap, index, module, binding)) yield toGarbage(heap, index, module, binding);
    }
  },
};

function isUnused(heap: Heap, index: number, module: Module, binding: ImportBinding): boolean {
  if (usePositions(heap, index, module, binding.local).length > 0) return false;
  if (module.exports.some((entry) => entry.source.kind === "local" && entry.source.local === binding.local))
    return false;
  if (module.hasJsx && /^(React|h|jsx|Preact|Fragment|createElement)$/.test(binding.local)) return false;
  if (module.statements[binding.statement]?.kind === "equals") return false;
  // TypeScript drops an unused import of a package from its output; in JavaScript the package would no longer be loaded.
  const isOwn = heap.graph.exportIndex.targets(index, binding.specifier).length > 0;
  return isOwn || binding.typeOnly || /\.[cm]?tsx?$/.test(module.file);
}

function toGarbage(heap: Heap, index: number, module: Module, binding: ImportBinding): Garbage {
  const line = lineAt(module, binding.span.start);
  const place = { file: module.file, name: binding.local, line };
  return {
    pass: "unused-import",
    category: "unused-import",
    subject: place,
    members: [{ ...place, endLine: line }],
    evidence: [{ kind: "no-reference", text: `${binding.local} from "${binding.specifier}" is not used in this file` }],
    ambiguous: [],
    exposure: "local",
    edits: [importEdit(heap, index, module, binding)],
    requires: [],
  };
}
