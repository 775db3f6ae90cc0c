import type { Root } from "../core/marking.ts";
import type { Graph } from "./graph.ts";
import { internalNodes } from "./keep-ignored.ts";
import { isTestPath } from "./paths.ts";
import { trace, type Reach } from "./reach.ts";
import { rootNodes, withPublicTypes } from "./root-nodes.ts";
import { protectUnknown, type Territory } from "./territory.ts";

/** The two colours: reached from strong roots, and from tests. */
export type Liveness = {
  readonly roots: readonly Root[];
  readonly strong: Reach;
  readonly live: Reach;
  readonly orphanTests: readonly number[];
};

/**
 * Marks from the known roots, makes roots of the unreached files that we know too little about, and marks again. What
 * such a file uses must stay as well.
 */
export function markLiveness(graph: Graph, found: readonly Root[], territory: Territory): Liveness {
  const known = withPublicTypes(graph, found);
  const first = traceRoots(graph, known);
  const isReached = (index: number) => {
    const load = graph.nodesOf[index]?.load ?? -1;
    return first.strong.reached[load] === 1 || first.weak.reached[load] === 1;
  };
  const protective = protectUnknown(graph, known, { ...territory, isReached });
  const roots = [...known, ...protective];
  const { strong, weak } = traceRoots(graph, roots);
  const { liveTests, orphanTests } = sortTests(graph, roots, strong);
  const strongNodes = [...rootNodes(graph, roots, "strong"), ...keptNodes(graph), ...internalNodes(graph, weak)];
  const live = trace(graph, [...strongNodes, ...liveTests], new Set(orphanTests));
  return { roots, strong, live, orphanTests };
}

function traceRoots(graph: Graph, roots: readonly Root[]): { readonly strong: Reach; readonly weak: Reach } {
  const weak = trace(graph, rootNodes(graph, roots, "weak"));
  return {
    strong: trace(graph, [...rootNodes(graph, roots, "strong"), ...keptNodes(graph), ...internalNodes(graph, weak)]),
    weak,
  };
}

/** Declarations that an annotation keeps, or that templates name and nobody imports: each is a root of its own. */
function keptNodes(graph: Graph): readonly number[] {
  const annotated = graph.modules.flatMap((module, index) =>
    module.declarations.flatMap((declaration, position) =>
      declaration.keep === undefined ? [] : [graph.nodesOf[index]?.declarations[position] ?? -1],
    ),
  );
  return [...annotated, ...graph.autoImported];
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

function withParts(graph: Graph, node: number): readonly number[] {
  return [...(graph.edges[node] ?? []), ...(graph.partsOf.get(node) ?? [])];
}

function isOrphan(graph: Graph, statement: number, strong: Reach): boolean {
  const seen = new Set([statement]);
  const pending = [statement];
  let usesTestOnly = false;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const about = graph.nodes[node];
    // A name leads to whatever has a member of that name, which says nothing of what the test is about.
    if (about === undefined || about.kind === "load" || about.kind === "name") continue;
    if (about.kind === "declaration" && !isTestPath(graph.modules[about.module]?.file ?? "")) {
      if (strong.reached[node] === 1) return false;
      usesTestOnly = true;
    }
    for (const next of withParts(graph, node)) {
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(next);
    }
  }
  return usesTestOnly;
}
