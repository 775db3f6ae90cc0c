import type { AmbiguousRoot, Garbage } from "../core/candidate.ts";
import type { Heap } from "../mark/heap.ts";
import { lineAt, type Module } from "../mark/module.ts";
import type { UnusedParameters } from "../mark/parameters.ts";
import { isAsidePath, isTestPath } from "../mark/paths.ts";
import { isPublished, packageOf } from "../mark/units.ts";
import type { Pass } from "./pass.ts";
import { sitesOf } from "./sites.ts";

/** Parameters that their function never uses. */
export const unusedParameter: Pass = {
  name: "unused-parameter",
  doc: {
    summary:
      "Drops a parameter that its function never names: with its arguments where every call can be seen, at the end of a function that is passed on, and out of a pattern.",
    why: "JavaScript lets a caller pass more than is taken, and a function that nobody but its callers knows is not asked how much it takes.",
    keeps: [
      "parameters of functions that are exported, returned or passed to something that may look at how many there are",
      "names that begin with an underscore, decorated parameters, overloads, and functions that use arguments",
      "arguments that do something when they are evaluated, with the parameter they are for",
      "the last parameters of methods, since another type may be what callers see: suspected in private packages",
    ],
  },
  *find(heap) {
    for (const [index, module] of heap.graph.modules.entries()) {
      if (!isSearched(heap, index, module)) continue;
      const isOpen = isOfferedToOthers(heap, module);
      for (const found of module.unusedParameters)
        if (found.doubt === undefined || !isOpen) yield toGarbage(heap, index, module, found);
    }
  },
};

function isSearched(heap: Heap, index: number, { file, script, commonJs }: Module): boolean {
  if (isAsidePath(file) || isTestPath(file) || heap.exempt(file) !== undefined) return false;
  // The functions of a script may be called from any page.
  if (script || commonJs) return false;
  return heap.live.reached[heap.graph.nodesOf[index]?.load ?? -1] === 1;
}

/** Subclasses and callers of a published package are not here to be seen. */
function isOfferedToOthers({ packages }: Heap, { file }: Module): boolean {
  const unit = packageOf(file, packages);
  return unit !== undefined && isPublished(unit);
}

function toGarbage(heap: Heap, index: number, module: Module, found: UnusedParameters): Garbage {
  const { file } = module;
  const members = found.names.map(({ name, span }) => ({
    file,
    name: `${found.path}>(${name}`,
    line: lineAt(module, span.start),
    endLine: lineAt(module, span.end - 1),
  }));
  const [first] = members;
  const gone = found.changes.map(({ span }) => span);
  return {
    pass: "unused-parameter",
    category: "unused-parameter",
    subject: { file, name: first?.name ?? "", line: first?.line ?? 1 },
    members,
    evidence: [{ kind: "no-reference", text: found.because }],
    ambiguous: doubtsOf(module, found),
    exposure: "local",
    edits: [...found.changes.map((change) => ({ ...change, file })), ...sitesOf(heap).importsUsedIn(index, gone)],
    requires: [],
  };
}

function doubtsOf(module: Module, { doubt, at }: UnusedParameters): readonly AmbiguousRoot[] {
  return doubt === undefined
    ? []
    : [{ kind: "computed-access", file: module.file, line: lineAt(module, at), text: doubt }];
}
