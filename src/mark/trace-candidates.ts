import type { Candidate } from "../core/candidate.ts";
import type { CandidateTrace } from "../core/trace.ts";
import { describePath, findNode, stepOf } from "./explain.ts";
import type { Heap } from "./heap.ts";

/** Reports show no more; a repository with more candidates has other troubles. */
const mostTraced = 1000;
const mostSteps = 12;

/**
 * How tests reach a candidate that nothing else reaches, or what dead code uses it. Candidates that are no node of the
 * graph, such as dependencies and comments, are left out.
 */
export function traceCandidates(heap: Heap, candidates: readonly Candidate[]): readonly CandidateTrace[] {
  const usersOf = usersByNode(heap);
  return candidates.slice(0, mostTraced).flatMap(({ id, subject, members }): readonly CandidateTrace[] => {
    const node = findNode(heap, subject.file, subject.name === subject.file ? undefined : subject.name);
    if (node === undefined) return [];
    if (heap.live.reached[node] === 1) {
      const { root, path } = describePath(heap, heap.live, node);
      return [{ id, root, steps: path.slice(0, mostSteps) }];
    }
    const own = (step: { readonly file: string; readonly name: string }) =>
      members.some(({ file, name }) => file === step.file && name === step.name.replace(/^export /, ""));
    const steps = usersOf(node).flatMap((user) => stepOf(heap, user) ?? []);
    const others = steps.filter((step) => !own(step));
    return [{ id, root: null, steps: others.slice(0, mostSteps) }];
  });
}

/** Who uses a node, through the names that stand between a member and what spells it. */
function usersByNode({ graph }: Heap): (node: number) => readonly number[] {
  const users = new Map<number, number[]>();
  for (const [from, targets] of graph.edges.entries())
    for (const target of targets) {
      const known = users.get(target);
      if (known === undefined) users.set(target, [from]);
      else known.push(from);
    }
  return (node) => {
    const direct = users.get(node) ?? [];
    return direct
      .flatMap((from) => (graph.nodes[from]?.kind === "name" ? (users.get(from) ?? []) : [from]))
      .filter((from) => from !== node);
  };
}
