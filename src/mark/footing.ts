import type { Alarm, Marking, Root, Unit } from "../core/marking.ts";
import { countClonedLines } from "./cloned-lines.ts";
import type { Graph } from "./graph.ts";
import type { Heap, UnusedDependency } from "./heap.ts";
import { isAsidePath, isTestPath } from "./paths.ts";
import type { Reach } from "./reach.ts";
import type { Sources } from "./read-sources.ts";
import type { Package } from "./units.ts";

/** What the footing of a collection is judged by. */
type Footing = {
  readonly graph: Graph;
  readonly roots: readonly Root[];
  readonly live: Reach;
  readonly packages: ReadonlyMap<string, Package>;
  readonly unusedDependencies: readonly UnusedDependency[];
  readonly configErrors: readonly string[];
  readonly unparsed: Sources["unparsed"];
};

/** Decides whether the footing is good enough to collect anything (DESIGN.md section 4). */
export function raiseAlarms(footing: Footing): readonly Alarm[] {
  const alarms: Alarm[] = [];
  const { graph, roots, live } = footing;
  const files = graph.modules.length;
  if (!roots.some((root) => root.purpose === "production")) {
    alarms.push({ kind: "no-production-root", text: "no production entry was found: every file would look dead" });
  }
  const deadFiles = countDeadFiles(graph, live);
  if (deadFiles > Math.max(3, files * 0.05)) {
    alarms.push({
      kind: "too-many-dead-files",
      text: `${deadFiles} of ${files} files look dead: more likely an entry is missing`,
    });
  }
  const dependencies = [...footing.packages.values()].reduce((sum, unit) => sum + countDependencies(unit), 0);
  const unused = footing.unusedDependencies.filter(({ isDuplicate }) => isDuplicate !== true).length;
  if (unused > Math.max(3, dependencies * 0.2)) {
    alarms.push({
      kind: "too-many-dead-dependencies",
      text: `${unused} of ${dependencies} dependencies look dead: more likely their uses are not known`,
    });
  }
  for (const error of footing.configErrors)
    alarms.push({ kind: "config-not-loaded", text: `a configuration did not load: ${error}` });
  for (const { file, reason } of footing.unparsed) {
    if (!isTestPath(file) && !isAsidePath(file)) alarms.push({ kind: "file-not-parsed", text: `${file}: ${reason}` });
  }
  return alarms;
}

function countDependencies({ manifest }: Package): number {
  const { dependencies, devDependencies } = manifest;
  return Object.keys(dependencies ?? {}).length + Object.keys(devDependencies ?? {}).length;
}

function countDeadFiles({ nodesOf }: Graph, live: Reach): number {
  return nodesOf.filter(({ load }) => live.reached[load] !== 1).length;
}

/** The record of the mark. */
export function describeMarking({ graph, live, strong, roots, alarms }: Heap, units: readonly Unit[]): Marking {
  const isDead = (node: number) => live.reached[node] !== 1;
  const declarations = graph.nodesOf.flatMap((nodes) => nodes.declarations);
  return {
    roots,
    units,
    alarms,
    counts: {
      files: graph.modules.length,
      lines: graph.modules.reduce((sum, module) => sum + module.lineStarts.length, 0),
      declarations: declarations.length,
      deadFiles: countDeadFiles(graph, live),
      deadDeclarations: declarations.filter(isDead).length,
      testOnlyDeclarations: declarations.filter((node) => !isDead(node) && strong.reached[node] !== 1).length,
      clonedLines: countClonedLines(graph.modules.map(({ text }) => text)),
    },
  };
}
