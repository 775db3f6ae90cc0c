import type { Graph } from "./graph.ts";
import { isTestPath } from "./paths.ts";
import type { Reach } from "./reach.ts";

/**
 * One piece of garbage: what must go together. Its head is a strongly connected component that no other garbage uses,
 * or that several others use; the rest is what only this cluster uses.
 */
export type Cluster = {
  /** Declarations (and test statements) that go, in the order of the graph. Those of dead files are included. */
  readonly nodes: readonly number[];
  /** Nodes of the head component. */
  readonly head: readonly number[];
  /** Modules that go as a whole. */
  readonly files: readonly number[];
  /** Clusters that use this one and must go first or with it. */
  readonly requires: readonly number[];
};

type Marks = { readonly graph: Graph; readonly live: Reach; readonly orphanTests: readonly number[] };

/** Groups everything that is not live. */
export function clusterGarbage(marks: Marks): readonly Cluster[] {
  const units = collectUnits(marks);
  const edges = condense(marks, units);
  const components = connect(units.list.length, edges);
  return assemble(units, edges, components);
}

/**
 * A dead file as a whole, a dead declaration in a live file, an orphan test statement in one, or a dead part of
 * something that lives. `parts` are the parts inside it, which go without a word.
 */
type Unit = { readonly nodes: readonly number[]; readonly parts: readonly number[]; readonly file?: number };

type Units = { readonly list: readonly Unit[]; readonly of: ReadonlyMap<number, number> };

function collectUnits({ graph, live, orphanTests }: Marks): Units {
  const list: Unit[] = [];
  const of = new Map<number, number>();
  const isDead = (node: number) => live.reached[node] !== 1;
  const orphans = new Set(orphanTests);
  for (const [module, nodes] of graph.nodesOf.entries()) {
    const tests = nodes.effects.filter((node) => orphans.has(node));
    const parts = nodes.inner.filter((node) => !isDead(graph.holderOf[node] ?? -1));
    const candidates = [...nodes.declarations, ...tests, ...parts].filter(isDead);
    const whole = [...nodes.declarations, ...nodes.effects];
    const isDeadFile = isDead(nodes.load);
    if (isDeadFile) of.set(nodes.load, list.length);
    for (const unit of isDeadFile ? [whole] : candidates.map((node) => [node])) {
      const inside = unit.flatMap((node) => partsIn(graph, node));
      for (const node of [...unit, ...inside]) of.set(node, list.length);
      list.push({ nodes: unit, parts: inside, ...(isDeadFile ? { file: module } : {}) });
    }
  }
  return { list, of };
}

function partsIn(graph: Graph, node: number): readonly number[] {
  return (graph.partsOf.get(node) ?? []).flatMap((part) => [part, ...partsIn(graph, part)]);
}

/** Edges between units, through export and namespace nodes. What only tests use is tied to those tests both ways. */
function condense({ graph, live, orphanTests }: Marks, units: Units): readonly ReadonlySet<number>[] {
  const edges = units.list.map(() => new Set<number>());
  const orphans = new Set(orphanTests);
  for (const [unit, { nodes, parts, file }] of units.list.entries()) {
    const isTest = nodes.some((node) => orphans.has(node));
    const own = [...nodes, ...parts];
    const from = file === undefined ? own : [...own, ...namedNodes(graph, file)];
    for (const target of reachUnits({ graph, live }, units, { unit, from })) {
      if (target === unit) continue;
      edges[unit]?.add(target);
      const isProduction =
        units.list[target]?.nodes.some(
          (node) => !isTestPath(graph.modules[graph.nodes[node]?.module ?? -1]?.file ?? ""),
        ) ?? false;
      if (isTest && isProduction) edges[target]?.add(unit);
    }
  }
  return edges;
}

/** What a dead file names, used or not: as long as it stands, its imports and re-exports must lead somewhere. */
function namedNodes(graph: Graph, file: number): readonly number[] {
  const nodes = graph.nodesOf[file];
  const module = graph.modules[file];
  if (nodes === undefined || module === undefined) return [];
  const imported = module.imports.flatMap((binding) =>
    graph.exportIndex
      .targets(file, binding.specifier)
      .flatMap((target) => graph.exportIndex.find(target, binding.imported)),
  );
  const loads = module.statements.flatMap((statement) =>
    graph.exportIndex.targets(file, statement.specifier).map((target) => graph.nodesOf[target]?.load ?? -1),
  );
  return [nodes.load, nodes.all, ...nodes.exports, ...imported, ...loads];
}

type Start = { readonly unit: number; readonly from: readonly number[] };

/** The units that a unit leads to directly: the walk ends at each, since what that one needs is its own affair. */
function reachUnits({ graph, live }: Pick<Marks, "graph" | "live">, units: Units, start: Start): ReadonlySet<number> {
  const { unit: own, from } = start;
  const found = new Set(from.map((node) => units.of.get(node) ?? own));
  const seen = new Set(from);
  const pending = from.filter((node) => live.reached[node] !== 1 && (units.of.get(node) ?? own) === own);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const next of graph.edges[node] ?? []) {
      if (seen.has(next) || live.reached[next] === 1) continue;
      // A name is no use of a thing that is dead with all its parts.
      const holder = graph.holderOf[next] ?? -1;
      if (graph.nodes[node]?.kind === "name" && holder >= 0 && live.reached[holder] !== 1) continue;
      seen.add(next);
      const unit = units.of.get(next);
      if (unit === undefined) pending.push(next);
      else found.add(unit);
    }
  }
  return found;
}

type Frame = { readonly node: number; readonly targets: readonly number[]; at: number };

/** Tarjan's strongly connected components, without recursion; components come out users last. */
function connect(size: number, edges: readonly ReadonlySet<number>[]): readonly (readonly number[])[] {
  const order = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const stack: number[] = [];
  const components: number[][] = [];
  let counter = 0;
  const open = (node: number) => {
    order[node] = low[node] = counter;
    counter += 1;
    stack.push(node);
    onStack[node] = 1;
    return { node, targets: [...(edges[node] ?? [])], at: 0 };
  };
  const lowest = (node: number) => low[node] ?? 0;
  const step = (frames: Frame[], frame: Frame): void => {
    const target = frame.targets[frame.at];
    frame.at += 1;
    if (target === undefined) close(frames, frame.node);
    else if (order[target] === -1) frames.push(open(target));
    else if (onStack[target] === 1) low[frame.node] = Math.min(lowest(frame.node), order[target] ?? 0);
  };
  const close = (frames: Frame[], node: number): void => {
    frames.pop();
    const parent = frames.at(-1)?.node;
    if (parent !== undefined) low[parent] = Math.min(lowest(parent), lowest(node));
    if (low[node] === order[node]) components.push(popComponent(stack, onStack, node));
  };
  for (let start = 0; start < size; start += 1) {
    if (order[start] !== -1) continue;
    const frames = [open(start)];
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) step(frames, frame);
  }
  return components;
}

function popComponent(stack: number[], onStack: Uint8Array, until: number): number[] {
  const component: number[] = [];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    onStack[node] = 0;
    component.push(node);
    if (node === until) break;
  }
  return component.sort((a, b) => a - b);
}

/** The components that use each component. */
function usersOf(
  edges: readonly ReadonlySet<number>[],
  components: readonly (readonly number[])[],
): readonly ReadonlySet<number>[] {
  const componentOf = new Map(
    components.flatMap((component, index) => component.map((unit) => [unit, index] as const)),
  );
  const users = components.map(() => new Set<number>());
  for (const [unit, targets] of edges.entries()) {
    const from = componentOf.get(unit) ?? -1;
    for (const target of targets) {
      const to = componentOf.get(target) ?? -1;
      if (from !== to) users[to]?.add(from);
    }
  }
  return users;
}

/** Gives each component to the one cluster that uses it, or makes it the head of its own. */
function assemble(
  units: Units,
  edges: readonly ReadonlySet<number>[],
  components: readonly (readonly number[])[],
): readonly Cluster[] {
  const users = usersOf(edges, components);
  const owner = new Map<number, number>();
  const drafts: { head: readonly number[]; members: number[]; requires: readonly number[] }[] = [];
  for (const [index, component] of [...components.entries()].reverse()) {
    const owners = new Set([...(users[index] ?? [])].map((user) => owner.get(user) ?? -1));
    const [only] = owners;
    const draft = owners.size === 1 && only !== undefined ? drafts[only] : undefined;
    owner.set(index, draft === undefined ? drafts.length : (only ?? -1));
    if (draft !== undefined) draft.members.push(...component);
    else drafts.push({ head: component, members: [...component], requires: [...owners].sort((a, b) => a - b) });
  }
  const nodesOf = (members: readonly number[]) =>
    members.flatMap((unit) => units.list[unit]?.nodes ?? []).sort((a, b) => a - b);
  return drafts.map(({ head, members, requires }) => ({
    nodes: nodesOf(members),
    head: nodesOf(head),
    files: members.map((unit) => units.list[unit]?.file).filter((file) => file !== undefined),
    requires,
  }));
}
