import type { Root } from "../core/marking.ts";
import type { RepoPath } from "../core/names.ts";
import type { Graph } from "./graph.ts";
import type { Module } from "./module.ts";
import { folderOf, isAsidePath, isTestPath } from "./paths.ts";
import { trace } from "./reach.ts";
import { rootNodes } from "./root-nodes.ts";

/** In a unit where more looks dead than this, an entry is missing rather than code unused. */
const mostDeadShare = 0.2;
const mostDeadFiles = 5;

/** What decides whether a file that nothing reaches may be taken for dead. */
export type Territory = {
  /** The nearest folder with a package.json, project.json or tsconfig. */
  readonly unitOf: (file: RepoPath) => RepoPath;
  /** Why nothing in a file may be collected. */
  readonly exempt: (file: RepoPath) => string | undefined;
  /** Whether all users of a file's package are known, so that whatever they do not use is dead. */
  readonly isClosed: (file: RepoPath) => boolean;
  /** Which file names a folder, so that all of it may be read. */
  readonly readBy: ReadonlyMap<RepoPath, RepoPath>;
};

/** The files that nothing reaches and that we know too little about, as roots of their own with the reason. */
export function protectUnknown(
  graph: Graph,
  known: readonly Root[],
  territory: Territory & { readonly isReached: (module: number) => boolean },
): readonly Root[] {
  const isProductive = findProductiveUnits(graph, known, territory);
  const unreached = graph.modules.flatMap((module, index) =>
    territory.isReached(index) ? [] : [{ module, reason: whyKept(module, { ...territory, isProductive }) }],
  );
  const dead = unreached.flatMap(({ module, reason }) => (reason === undefined ? [module] : []));
  const desolate = findDesolateUnits(graph, dead, territory);
  return unreached.flatMap(({ module: { file }, reason: known }): readonly Root[] => {
    const reason = known ?? desolate.get(territory.unitOf(file));
    if (reason === undefined) return [];
    const isTest = isTestPath(file);
    return [{ file, strength: isTest ? "weak" : "strong", purpose: isTest ? "test" : "development", reason }];
  });
}

/** Units in which so much would be dead that an entry must be missing, with that as a reason. */
function findDesolateUnits(
  graph: Graph,
  dead: readonly Module[],
  { unitOf, isClosed }: Territory,
): ReadonlyMap<RepoPath, string> {
  const sizes = Map.groupBy(graph.modules, ({ file }) => unitOf(file));
  const units = Map.groupBy(
    dead.filter(({ file }) => !isClosed(file)),
    ({ file }) => unitOf(file),
  );
  return new Map(
    [...units].flatMap(([unit, files]) => {
      const size = sizes.get(unit)?.length ?? 0;
      if (files.length <= Math.max(mostDeadFiles, size * mostDeadShare)) return [];
      const place = unit === "" ? "this package" : unit;
      return [[unit, `unknown territory: nothing leads to ${files.length} of the ${size} files of ${place}`] as const];
    }),
  );
}

function findProductiveUnits(graph: Graph, roots: readonly Root[], territory: Territory): ReadonlySet<RepoPath> {
  const production = trace(
    graph,
    rootNodes(
      graph,
      roots.filter((root) => root.purpose === "production"),
      "strong",
    ),
  );
  const units = new Set<RepoPath>();
  for (const [index, module] of graph.modules.entries()) {
    if (production.reached[graph.nodesOf[index]?.load ?? -1] === 1) units.add(territory.unitOf(module.file));
  }
  return units;
}

function whyKept(
  module: Module,
  territory: Territory & { readonly isProductive: ReadonlySet<RepoPath> },
): string | undefined {
  const { file, script, ambient } = module;
  const exempt = territory.exempt(file);
  if (exempt !== undefined) return exempt;
  if (isTestPath(file)) return "test code is never taken for an unused file";
  if (isAsidePath(file)) return "scripts, examples, configuration and the like are never taken for unused files";
  if (script) return "it is a script with global names";
  if (ambient) return "it extends global names or the types of another module";
  if (onlyLoads(module)) return "all that it does is load others: it is there for a tool that reads its imports";
  const reader = territory.readBy.get(folderOf(file));
  if (reader !== undefined) return `its folder is named in ${reader}, and may be read whole`;
  const unit = territory.unitOf(file);
  return territory.isProductive.has(unit)
    ? undefined
    : `unknown territory: no production entry reaches ${unit === "" ? "this package" : unit}`;
}

/** `import "dotenv";` and nothing else: nobody imports such a file for what it offers. */
function onlyLoads({ statements, declarations, effects, exports, stars }: Module): boolean {
  const offers = declarations.length + effects.length + exports.length + stars.length;
  return offers === 0 && statements.length > 0 && statements.every(({ kind, size }) => kind === "import" && size === 0);
}
