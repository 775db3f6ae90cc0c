import type { Graph } from "../mark/graph.ts";
import { folderOf } from "../mark/paths.ts";
import type { RepoPath } from "../core/names.ts";
import type { Package } from "../mark/units.ts";
import { packageOf } from "../mark/units.ts";

/**
 * How a module would name another one: as it does already, by the alias that its package uses for that file if it likes
 * aliases, else by a relative path with the ending that its neighbours write. Undefined when none of them leads there and
 * only there.
 */
export function specifierFor(
  graph: Graph,
  packages: ReadonlyMap<RepoPath, Package>,
  from: number,
  to: number,
): string | undefined {
  const { modules, exportIndex } = graph;
  const leadsThere = (specifier: string) => {
    const targets = exportIndex.targets(from, specifier);
    return targets.length === 1 && targets[0] === to;
  };
  const own = specifiersOf(graph, from);
  const known = own.find(leadsThere);
  if (known !== undefined) return known;
  const [source, target] = [modules[from]?.file ?? "", modules[to]?.file ?? ""];
  const isNear = folderOf(source) === folderOf(target);
  const likesAliases = own.some((specifier) => isAlias(specifier) && exportIndex.targets(from, specifier).length > 0);
  if (likesAliases && !isNear) {
    const home = packageOf(source, packages);
    const alias = [...modules.keys()]
      .filter((index) => packageOf(modules[index]?.file ?? "", packages) === home)
      .flatMap((index) => specifiersOf(graph, index))
      .find((specifier) => isAlias(specifier) && leadsThere(specifier));
    if (alias !== undefined) return alias;
  }
  const path = relativePath(source, target);
  return [...endingsIn(graph, from, own), ...commonEndings].map((end) => end(path)).find(leadsThere);
}

function specifiersOf({ modules }: Graph, index: number): readonly string[] {
  return (modules[index]?.statements ?? []).map(({ specifier }) => specifier);
}

function isAlias(specifier: string): boolean {
  return !specifier.startsWith(".");
}

type End = (path: string) => string;

const bare: End = (path) => path.replace(/\.[cm]?[jt]sx?$/, "").replace(/(?<=.)\/index$/, "");
const written: End = (path) => path;
const compiled: End = (path) => path.replace(/\.([cm]?)tsx?$/, ".$1js");
const commonEndings: readonly End[] = [bare, compiled, written];

/** How the relative specifiers of a module end, or those of the modules around it. */
function endingsIn(graph: Graph, from: number, own: readonly string[]): readonly End[] {
  const relative = own.filter((specifier) => specifier.startsWith("."));
  const folder = folderOf(graph.modules[from]?.file ?? "");
  const near =
    relative.length > 0
      ? relative
      : graph.modules.flatMap(({ file, statements }) =>
          folderOf(file) === folder
            ? statements.flatMap(({ specifier }) => (specifier.startsWith(".") ? [specifier] : []))
            : [],
        );
  const [sample] = near;
  if (sample === undefined) return [];
  if (/\.[cm]?jsx?$/.test(sample)) return [compiled];
  return /\.[cm]?tsx?$/.test(sample) ? [written] : [bare];
}

function relativePath(from: RepoPath, to: RepoPath): string {
  const here = folderOf(from)
    .split("/")
    .filter((part) => part !== "");
  const there = to.split("/");
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared += 1;
  const up = here.slice(shared).map(() => "..");
  return [...(up.length === 0 ? ["."] : up), ...there.slice(shared)].join("/");
}
