import type { Root } from "../core/marking.ts";
import type { RepoPath } from "../core/names.ts";
import type { Graph } from "./graph.ts";
import type { Module } from "./module.ts";
import { isAsidePath, isTestPath } from "./paths.ts";
import { trace, type Reach } from "./reach.ts";

/** The two colours: reached from strong roots, and from tests. */
export type Liveness = {
  readonly roots: readonly Root[];
  readonly strong: Reach;
  readonly live: Reach;
  readonly orphanTests: readonly number[];
};

/** What decides whether a file that nothing reaches may be taken for dead. */
export type Territory = {
  /** The nearest folder with a package.json, project.json or tsconfig. */
  readonly unitOf: (file: RepoPath) => RepoPath;
  /** Why nothing in a file may be collected. */
  readonly exempt: (file: RepoPath) => string | undefined;
};

/**
 * Marks from the known roots, makes roots of the unreached files that we know too little about, and marks again. What
 * such a file uses must stay as well.
 */
export function markLiveness(graph: Graph, known: readonly Root[], territory: Territory): Liveness {
  const first = traceRoots(graph, known);
  const isProductive = findProductiveUnits(graph, known, territory);
  const protective = graph.modules.flatMap((module, index): readonly Root[] => {
    const load = graph.nodesOf[index]?.load ?? -1;
    if (first.strong.reached[load] === 1 || first.weak.reached[load] === 1) return [];
    const reason = whyKept(module, { ...territory, isProductive });
    if (reason === undefined) return [];
    const isTest = isTestPath(module.file);
    return [
      { file: module.file, strength: isTest ? "weak" : "strong", purpose: isTest ? "test" : "development", reason },
    ];
  });
  const roots = [...known, ...protective];
  const { strong } = traceRoots(graph, roots);
  const { liveTests, orphanTests } = sortTests(graph, roots, strong);
  const strongNodes = [...rootNodes(graph, roots, "strong"), ...keptNodes(graph)];
  const live = trace(graph.edges, [...strongNodes, ...liveTests], new Set(orphanTests));
  return { roots, strong, live, orphanTests };
}

function traceRoots(graph: Graph, roots: readonly Root[]): { readonly strong: Reach; readonly weak: Reach } {
  return {
    strong: trace(graph.edges, [...rootNodes(graph, roots, "strong"), ...keptNodes(graph)]),
    weak: trace(graph.edges, rootNodes(graph, roots, "weak")),
  };
}

function rootNodes(graph: Graph, roots: readonly Root[], strength: Root["strength"]): readonly number[] {
  return roots.filter((root) => root.strength === strength).flatMap((root) => wholeFile(graph, root.file));
}

/** Declarations that an annotation keeps: each is a root of its own. */
function keptNodes(graph: Graph): readonly number[] {
  return graph.modules.flatMap((module, index) =>
    module.declarations.flatMap((declaration, position) =>
      declaration.keep === undefined ? [] : [graph.nodesOf[index]?.declarations[position] ?? -1],
    ),
  );
}

function wholeFile(graph: Graph, file: RepoPath): readonly number[] {
  const nodes = graph.nodesOf[graph.indexOf.get(file) ?? -1];
  return nodes === undefined ? [] : [nodes.load, nodes.all];
}

function findProductiveUnits(graph: Graph, roots: readonly Root[], territory: Territory): ReadonlySet<RepoPath> {
  const production = trace(
    graph.edges,
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
  { file, script, ambient }: Module,
  territory: Territory & { readonly isProductive: ReadonlySet<RepoPath> },
): string | undefined {
  const exempt = territory.exempt(file);
  if (exempt !== undefined) return exempt;
  if (isTestPath(file)) return "test code is never taken for an unused file";
  if (isAsidePath(file)) return "scripts, examples, configuration and the like are never taken for unused files";
  if (script) return "it is a script with global names";
  if (ambient) return "it extends global names or the types of another module";
  const unit = territory.unitOf(file);
  return territory.isProductive.has(unit)
    ? undefined
    : `unknown territory: no production entry reaches ${unit === "" ? "this package" : unit}`;
}

/**
 * A test statement is an orphan when all the production code that it uses is used by tests only. A test that uses live
 * code too, or none at all, is live and keeps what it uses. A file whose only tests are orphans is one altogether.
 */
function sortTests(
  graph: Graph,
  roots: readonly Root[],
  strong: Reach,
): { readonly liveTests: readonly number[]; readonly orphanTests: readonly number[] } {
  const liveTests: number[] = [];
  const orphanTests: number[] = [];
  for (const root of roots) {
    const index = graph.indexOf.get(root.file) ?? -1;
    const nodes = graph.nodesOf[index];
    if (root.strength !== "weak" || nodes === undefined || strong.reached[nodes.load] === 1) continue;
    const tests = nodes.effects.filter((node) => isTestCall(graph, node));
    const orphans = tests.filter((node) => isOrphan(graph, node, strong));
    const hasLiveTest = orphans.length < tests.length;
    // Without an orphan all of it stays: it may be a helper, a set-up, or a type test that nobody calls.
    if (orphans.length === 0) liveTests.push(nodes.load, nodes.all, ...nodes.declarations);
    else if (hasLiveTest) liveTests.push(nodes.load);
    orphanTests.push(...(orphans.length > 0 && !hasLiveTest ? nodes.effects : orphans));
  }
  return { liveTests, orphanTests };
}

/** A statement that holds a test, in a loop or a block too; a hook belongs to the tests beside it. */
function isTestCall(graph: Graph, node: number): boolean {
  const about = graph.nodes[node];
  const module = about === undefined ? undefined : graph.modules[about.module];
  const effect = about?.kind === "effect" ? module?.effects[about.index] : undefined;
  if (effect === undefined || module === undefined) return false;
  return /(?<![.\w$])(describe|it|test|suite|context|specify|bench|feature|scenario)(\.\w+)*\s*[(`]/i.test(
    module.text.slice(effect.span.start, effect.span.end),
  );
}

function isOrphan(graph: Graph, statement: number, strong: Reach): boolean {
  const seen = new Set([statement]);
  const pending = [statement];
  let usesTestOnly = false;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const about = graph.nodes[node];
    if (about === undefined || about.kind === "load") continue;
    const module = graph.modules[about.module];
    if (about.kind === "declaration" && module !== undefined && !isTestPath(module.file)) {
      if (strong.reached[node] === 1) return false;
      usesTestOnly = true;
    }
    for (const next of graph.edges[node] ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(next);
    }
  }
  return usesTestOnly;
}
