import { compileGlobs } from "../core/globs.ts";
import type { Note } from "../core/keep.ts";
import type { RepoPath } from "../core/names.ts";
import type { Principle } from "../core/principles.ts";
import type { Heap } from "../mark/heap.ts";
import { lineAt, type Module } from "../mark/module.ts";

/** A report that lists more of one principle is read by nobody. */
const mostNotes = 50;

/**
 * Where the code is not as its owners want it, as far as their principles have a mechanical form. It is told and never
 * changed. An import counts by the file that it comes to, so that an alias hides nothing; one of a package is not seen.
 */
export function noteBreaches({ graph }: Pick<Heap, "graph">, principles: readonly Principle[]): readonly Note[] {
  return principles.flatMap((principle) =>
    graph.modules
      .flatMap((module) => [...forbiddenImports(module, graph, principle), ...handRolled(module, principle)])
      .slice(0, mostNotes),
  );
}

function forbiddenImports(
  module: Module,
  { resolver }: Heap["graph"],
  { id, words, forbidImports }: Principle,
): readonly Note[] {
  if (forbidImports === undefined || !compileGlobs(forbidImports.from)(module.file)) return [];
  const isForbidden = compileGlobs(forbidImports.to);
  return module.statements.flatMap(({ specifier, span }) => {
    const resolution = resolver.resolve(module.file, specifier);
    const files: readonly RepoPath[] = resolution.kind === "files" ? resolution.files : [];
    const file = files.find((one) => isForbidden(one));
    if (file === undefined) return [];
    return [{ file: module.file, line: lineAt(module, span.start), text: `imports ${file}; ${id}: ${words}` }];
  });
}

function handRolled(module: Module, { id, words, preferHelper }: Principle): readonly Note[] {
  if (preferHelper === undefined || preferHelper.helper.startsWith(`${module.file}#`)) return [];
  const isHandRolled = compileGlobs(preferHelper.over);
  return module.declarations
    .filter(({ name }) => isHandRolled(name))
    .map(({ name, parts: [part] }) => ({
      file: module.file,
      line: lineAt(module, part?.span.start ?? 0),
      text: `${name} may be ${preferHelper.helper} again; ${id}: ${words}`,
    }));
}
