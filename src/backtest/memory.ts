import type { Point } from "../core/backtest.ts";
import { measureDeadTime } from "../core/dead-time.ts";
import type { LedgerEntry } from "../core/ledger.ts";

/**
 * Gives the candidates of points, in their order, the time that they were dead, as the ledger would have it: of the points
 * before there is only what they found.
 */
export function createMemory(): (point: Point) => Point {
  let before: readonly Pick<LedgerEntry, "id" | "deadSince">[] = [];
  return (point) => {
    const ids = point.candidates.map(({ id }) => id);
    const deadTimeOf = measureDeadTime(before, ids, new Date(point.date));
    const candidates = point.candidates.map((candidate) => ({ ...candidate, deadFor: deadTimeOf(candidate.id) }));
    before = candidates.map(({ id, deadFor }) => ({ id, deadSince: deadFor.since }));
    return { ...point, candidates };
  };
}
