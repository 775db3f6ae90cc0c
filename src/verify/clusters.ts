import type { CandidateId } from "../core/names.ts";

/** What the search must know of a candidate. */
export type Linked = { readonly id: CandidateId; readonly requires: readonly CandidateId[] };

/** Candidates that can only go together: one, or several that require each other. */
export type Unit = {
  readonly ids: readonly CandidateId[];
  /** Everything outside the unit that must go before it or with it, directly or not. */
  readonly requires: ReadonlySet<CandidateId>;
  /** Number of the cluster: units of different clusters have nothing to do with each other. */
  readonly cluster: number;
};

/**
 * Orders candidates for the search: clusters one after another, and in each what is required before what requires it, so
 * that every beginning of the list can stand alone. What is required but not among the candidates is left out.
 */
export function orderUnits(candidates: readonly Linked[]): readonly Unit[] {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const closures = new Map(candidates.map(({ id }) => [id, closureOf(id, byId)]));
  const clusters = numberClusters(candidates, byId);
  const units = new Map<CandidateId, Unit & { readonly weight: number }>();
  for (const { id } of candidates) {
    if ([...units.values()].some((unit) => unit.ids.includes(id))) continue;
    const closure = closures.get(id) ?? new Set();
    const ids = [...closure].filter((other) => closures.get(other)?.has(id) === true);
    const requires = new Set([...closure].filter((other) => !ids.includes(other)));
    // What a unit needs is a part of what its dependants need, so the size of the closure is an order.
    units.set(id, { ids, requires, cluster: clusters.get(id) ?? 0, weight: closure.size });
  }
  return [...units.values()]
    .toSorted((a, b) => a.cluster - b.cluster || a.weight - b.weight)
    .map(({ ids, requires, cluster }) => ({ ids, requires, cluster }));
}

/** The candidate itself and everything that it requires. */
function closureOf(id: CandidateId, byId: ReadonlyMap<CandidateId, Linked>): ReadonlySet<CandidateId> {
  const reached = new Set([id]);
  for (const current of reached)
    for (const next of byId.get(current)?.requires ?? []) if (byId.has(next)) reached.add(next);
  return reached;
}

/** Numbers the groups of candidates that are linked, in whichever direction, by the place of their first member. */
function numberClusters(
  candidates: readonly Linked[],
  byId: ReadonlyMap<CandidateId, Linked>,
): ReadonlyMap<CandidateId, number> {
  const neighbours = new Map<CandidateId, CandidateId[]>(candidates.map(({ id }) => [id, []]));
  for (const { id, requires } of candidates)
    for (const other of requires.filter((one) => byId.has(one))) {
      neighbours.get(id)?.push(other);
      neighbours.get(other)?.push(id);
    }
  const numbers = new Map<CandidateId, number>();
  for (const [index, { id }] of candidates.entries()) {
    if (numbers.has(id)) continue;
    const group = new Set([id]);
    for (const current of group) for (const next of neighbours.get(current) ?? []) group.add(next);
    for (const member of group) numbers.set(member, index);
  }
  return numbers;
}
