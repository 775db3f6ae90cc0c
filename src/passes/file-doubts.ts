import type { AmbiguousRoot } from "../core/candidate.ts";
import type { RepoPath } from "../core/names.ts";
import type { Heap } from "../mark/heap.ts";
import { lineAt, type Module } from "../mark/module.ts";
import { folderOf, isSourceFile, isTestPath, joinPath } from "../mark/paths.ts";
import { packageOf } from "../mark/units.ts";

/*
 * Who may load a file without an import and without its name: a person who starts it, a host that runs whatever stands
 * in a folder, or code that is given the folder and reads it.
 */

/** What speaks for a file that nothing reaches. */
export function doubtsOfFile(heap: Heap, index: number): readonly AmbiguousRoot[] {
  const module = heap.graph.modules[index];
  if (module === undefined) return [];
  const { file } = module;
  const reader = readersOf(heap).get(folderOf(file));
  return [
    ...(isProgram(module) ? [doubt(file, "it does something when it is run: somebody may start it by hand")] : []),
    ...(isHosted(heap, file) ? [doubt(file, "hosts run whatever stands in a folder of this name")] : []),
    ...(reader === undefined || reader.file === file ? [] : [reader]),
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

const memory = new WeakMap<Heap, ReadonlyMap<RepoPath, AmbiguousRoot>>();

/** Folders that code names in a string, or by a pattern for the files in it, each with the place that does. */
function readersOf(heap: Heap): ReadonlyMap<RepoPath, AmbiguousRoot> {
  const known = memory.get(heap) ?? findReaders(heap);
  memory.set(heap, known);
  return known;
}

function findReaders({ graph, packages }: Heap): ReadonlyMap<RepoPath, AmbiguousRoot> {
  const folders = new Set(graph.modules.map(({ file }) => folderOf(file)));
  const found = graph.modules.flatMap((module) => {
    const home = packageOf(module.file, packages)?.directory ?? "";
    return module.references.flatMap(({ kind, text, at }) => {
      const named = folderNamedBy(module.file, kind, text);
      const possible =
        named === undefined ? [] : [folderOf(module.file), home, ""].map((base) => joinPath(base, named));
      return possible.flatMap((folder): readonly (readonly [RepoPath, AmbiguousRoot])[] => {
        if (folder === null || folder === "" || !folders.has(folder)) return [];
        const place = { file: module.file, line: lineAt(module, at) };
        return [
          [folder, { kind: "dynamic-import", ...place, text: `${folder} is named there, and may be read whole` }],
        ];
      });
    });
  });
  // Of several places the first one is shown.
  return new Map(found.toReversed());
}

/** Settings name folders for aliases, so there only a pattern for the files of one folder counts. */
function folderNamedBy(file: RepoPath, kind: string, text: string): string | undefined {
  if (kind === "pattern" || kind === "glob") return /^([^*{]+)\/\*+\.[^/*]+$/.exec(text)?.[1];
  const isSetting = /\.(config|conf)\.[cm]?[jt]s$/.test(file);
  return kind !== "string" || isSetting || text.startsWith("/") || isSourceFile(text) ? undefined : text;
}
