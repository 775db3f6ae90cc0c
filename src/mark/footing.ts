import type { Alarm, Marking, Root, Unit } from "../core/marking.ts";
import { countClonedLines } from "./cloned-lines.ts";
import type { Graph } from "./graph.ts";
import type { Heap, UnusedDependency } from "./heap.ts";
import { isAsidePath, isNamedAsGenerated, isTestPath } from "./paths.ts";
import type { Reach } from "./reach.ts";
import { tooDeep } from "./read-module.ts";
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
  /** Whether the packages of the repository are there. */
  readonly isInstalled: boolean;
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
  alarms.push(...configAlarms(footing));
  for (const { file, reason } of footing.unparsed) {
    if (isUnread(file, reason)) alarms.push({ kind: "file-not-parsed", text: `${file}: ${reason}` });
  }
  return alarms;
}

/** Of what lacks a package where nothing is installed one alarm says enough, and what to do about it. */
function configAlarms({ configErrors, isInstalled }: Footing): readonly Alarm[] {
  const lacking = isInstalled
    ? []
    : configErrors.filter((error) => /Cannot find (module|package)|not found/.test(error));
  const others = configErrors.filter((error) => !lacking.includes(error));
  const texts = others.map((error) => `a configuration did not load: ${error}`);
  const [first] = lacking;
  const more = lacking.length > 1 ? `, and ${lacking.length - 1} more` : "";
  const uninstalled =
    first === undefined
      ? []
      : [
          `nothing is installed here, so configurations did not load: ${first}${more}; a look with verify installs first`,
        ];
  return [...uninstalled, ...texts].map((text) => ({ kind: "config-not-loaded", text }));
}

/**
 * Whether not reading a file may hide uses. Templates that a tool fills in are no code yet, and what is nested too deep for
 * a stack is data that a tool wrote; the words of both are read.
 */
function isUnread(file: string, reason: string): boolean {
  return !isTestPath(file) && !isAsidePath(file) && !isNamedAsGenerated(file) && reason !== tooDeep;
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
