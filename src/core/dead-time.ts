import { movableKey, type LedgerEntry } from "./ledger.ts";
import type { CandidateId } from "./names.ts";

/** Since when something was found dead in every night, as a date, and how many days ago that is. */
export type DeadTime = { readonly since: string; readonly days: number };

/**
 * Says since when each candidate of tonight has been dead without interruption. What is found for the first time begins
 * tonight; what has only moved goes on with the time of the id that it had before.
 */
export function measureDeadTime(
  entries: readonly Pick<LedgerEntry, "id" | "deadSince">[],
  tonight: readonly CandidateId[],
  now: Date,
): (id: CandidateId) => DeadTime {
  const today = now.toISOString().slice(0, 10);
  const present = new Set<string>(tonight);
  const sinceOf = new Map(entries.map(({ id, deadSince }) => [id, deadSince]));
  const left = entries.filter(({ id, deadSince }) => deadSince !== null && !present.has(id));
  const moved = Map.groupBy(left, ({ id }) => movableKey(id));
  return (id) => {
    const former = sinceOf.has(id) ? undefined : moved.get(movableKey(id))?.[0]?.deadSince;
    const since = sinceOf.get(id) ?? former ?? today;
    return { since, days: Math.max(0, (Date.parse(today) - Date.parse(since)) / 86_400_000) };
  };
}
