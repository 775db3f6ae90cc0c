/** Which nodes a set of roots reaches, with the predecessor through which each was first reached. */
export type Reach = {
  readonly reached: Uint8Array;
  /** -1 for a root, -2 for what is not reached. */
  readonly predecessor: Int32Array;
};

/** What a trace runs on: the edges of each node, and the node without which it cannot be reached, or -1. */
type Traced = { readonly edges: readonly (readonly number[])[]; readonly holderOf: readonly number[] };

/**
 * Traces breadth first, so that the path to a node is a shortest one; `blocked` nodes are never entered. A part of a
 * declaration that is mentioned waits until the declaration itself is reached.
 */
export function trace({ edges, holderOf }: Traced, roots: Iterable<number>, blocked?: ReadonlySet<number>): Reach {
  const reached = new Uint8Array(edges.length);
  const predecessor = new Int32Array(edges.length).fill(-2);
  const queue: number[] = [];
  const waiting = new Map<number, { readonly node: number; readonly from: number }[]>();
  const visit = (node: number, from: number) => {
    if (node < 0 || reached[node] === 1 || blocked?.has(node) === true) return;
    const holder = holderOf[node] ?? -1;
    if (holder >= 0 && reached[holder] !== 1) {
      const others = waiting.get(holder);
      if (others === undefined) waiting.set(holder, [{ node, from }]);
      else others.push({ node, from });
      return;
    }
    reached[node] = 1;
    predecessor[node] = from;
    queue.push(node);
  };
  for (const root of roots) visit(root, -1);
  for (let at = 0; at < queue.length; at += 1) {
    const node = queue[at] ?? -1;
    for (const target of edges[node] ?? []) visit(target, node);
    for (const mentioned of waiting.get(node) ?? []) visit(mentioned.node, mentioned.from);
    waiting.delete(node);
  }
  return { reached, predecessor };
}

/** The path from a root to a node, root first; empty when it is not reached. */
export function pathTo(reach: Reach, node: number): readonly number[] {
  if (reach.reached[node] !== 1) return [];
  const path: number[] = [];
  for (let at = node; at >= 0; at = reach.predecessor[at] ?? -1) path.push(at);
  return path.reverse();
}
