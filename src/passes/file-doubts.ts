import type { AmbiguousRoot } from "../core/candidate.ts";
import type { RepoPath } from "../core/names.ts";
import type { Heap } from "../mark/heap.ts";
import type { Module } from "../mark/module.ts";
import { isTestPath } from "../mark/paths.ts";
import { packageOf } from "../mark/units.ts";

/*
 * Who may load a file without an import and without its name: a person who starts it, or a host that runs whatever stands
 * in a folder.
 */

/** What speaks for a file that nothing reaches. */
export function doubtsOfFile(heap: Heap, index: number): readonly AmbiguousRoot[] {
  const module = heap.graph.modules[index];
  if (module === undefined) return [];
  const { file } = module;
  return [
    ...(isProgram(module) ? [doubt(file, "it does something when it is run: somebody may start it by hand")] : []),
    ...(isHosted(heap, file) ? [doubt(file, "hosts run whatever stands in a folder of this name")] : []),
  ];
}

function doubt(file: RepoPath, text: string): AmbiguousRoot {
  return { kind: "dynamic-import", file, line: 1, text };
}

/** A file that offers nothing and does something is there to be started. */
function isProgram({ file, exports, stars, effects, commonJs }: Module): boolean {
  return exports.length + stars.length === 0 && effects.length > 0 && !commonJs && !isTestPath(file);
}

function isHosted({ packages }: Heap, file: RepoPath): boolean {
  const home = packageOf(file, packages)?.directory ?? "";
  return /^(api|functions|(netlify|supabase)\/(edge-)?functions)\//.test(file.slice(home === "" ? 0 : home.length + 1));
}
