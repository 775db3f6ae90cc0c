/** Which nodes a set of roots reaches, with the predecessor through which each was first reached. */
export type Reach = {
  readonly reached: Uint8Array;
  /** -1 for a root, -2 for what is not reached. */
  readonly predecessor: Int32Array;
};

/** Traces breadth first, so that the path to a node is a shortest one; `blocked` nodes are never entered. */
export function trace(
  edges: readonly (readonly number[])[],
  roots: Iterable<number>,
  blocked?: ReadonlySet<number>,
): Reach {
  const reached = new Uint8Array(edges.length);
  const predecessor = new Int32Array(edges.length).fill(-2);
  const queue: number[] = [];
  const visit = (node: number, from: number) => {
    if (node < 0 || reached[node] === 1 || blocked?.has(node) === true) return;
    reached[node] = 1;
    predecessor[node] = from;
    queue.push(node);
  };
  for (const root of roots) visit(root, -1);
  for (let at = 0; at < queue.length; at += 1) {
    const node = queue[at] ?? -1;
    for (const target of edges[node] ?? []) visit(target, node);
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
