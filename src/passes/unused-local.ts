import type { Garbage } from "../core/candidate.ts";
import type { Edit } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import type { Heap } from "../mark/heap.ts";
import type { LocalDeclaration, Module } from "../mark/module.ts";
import { isAsidePath, isTestPath } from "../mark/paths.ts";
import { garbageOf } from "./cluster-garbage.ts";
import type { Pass } from "./pass.ts";
import { sitesOf } from "./sites.ts";

/** Declarations that their own file does not use. */
export const unusedLocal: Pass = {
  name: "unused-local",
  doc: {
    summary:
      "Deletes a declaration that is not exported and that nothing in its file uses, at module level or inside a function; a local variable that is only written goes with what writes it.",
    why: "Its name occurs nowhere in its scope but in itself and in what only writes it, and evaluating its initialiser does nothing.",
    keeps: [
      "variables whose initialiser reads a property of a local object, which may be a proxy; a call stays and only its name goes",
      "names in scripts without imports and exports, which other scripts may use",
      "locals of tests, which may be there for the type checker, and of files with a direct eval",
    ],
  },
  *find(heap) {
    yield* garbageOf(heap, "unused-local");
    for (const [index, module] of heap.graph.modules.entries()) {
      if (isAsidePath(module.file) || isTestPath(module.file) || heap.exempt(module.file) !== undefined) continue;
      for (const local of module.unusedLocals) yield toGarbage(heap, index, module, local);
    }
  },
};

function toGarbage(heap: Heap, index: number, module: Module, local: LocalDeclaration): Garbage {
  // A function without a name must not make its local look like a name of the module.
  const name = `${local.within === "" ? "anonymous" : local.within}>${local.name}`;
  const own = editOf(module.file, local);
  const written = local.writes ?? [];
  return {
    pass: "unused-local",
    category: "unused-local",
    subject: { file: module.file, name, line: local.line },
    members: [{ file: module.file, name, line: local.line, endLine: local.endLine }],
    evidence: [
      {
        kind: "no-reference",
        text: `nothing in its scope ${local.writes === undefined ? "names" : "reads"} ${local.name}`,
      },
      keepsEffect(local)
        ? { kind: "effect-free", text: "the call that made it stays; only its name goes" }
        : { kind: "effect-free", text: "evaluating it does nothing that can be noticed" },
    ],
    ambiguous: [],
    exposure: "local",
    edits: [
      own,
      ...written.map((change) => ({ ...change, file: module.file })),
      ...(keepsEffect(local)
        ? []
        : sitesOf(heap).importsUsedIn(index, [local.span, ...written.map(({ span }) => span)])),
    ],
    requires: [],
  };
}

function keepsEffect(local: LocalDeclaration): boolean {
  return local.leavesCall === true || local.item?.whenEmpty !== undefined;
}

function editOf(file: RepoPath, local: LocalDeclaration): Edit {
  if (local.item !== undefined) return { kind: "remove-item", file, span: local.span, ...local.item };
  return local.leavesCall === true
    ? { kind: "replace", file, span: local.span, text: "" }
    : { kind: "remove", file, span: local.span };
}
