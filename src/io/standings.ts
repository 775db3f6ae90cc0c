import { categoryOf, type LedgerEntry } from "../core/ledger.ts";
import type { RepoKey } from "../core/names.ts";
import type { RepoStanding } from "../core/standing.ts";
import { readLedger } from "./ledger.ts";
import { readPullRequests } from "./remembered-pull-requests.ts";
import type { Store } from "./store.ts";

/** What people made so far of what was proposed to each repository. */
export async function readStandings(
  store: Store,
  repos: readonly RepoKey[],
): Promise<ReadonlyMap<RepoKey, RepoStanding>> {
  const standings = new Map<RepoKey, RepoStanding>();
  for (const repo of repos) {
    const { entries } = await readLedger(store, repo);
    const answered = Map.groupBy(entries, ({ id }) => categoryOf(id));
    standings.set(repo, {
      pullRequests: await readPullRequests(store, repo),
      ...countEnds(entries),
      untouched: entries.filter(({ untouched }) => untouched === true).length,
      byPass: Object.fromEntries(
        [...answered]
          .map(([category, those]) => [category, countEnds(those)] as const)
          .filter(([, { merged, refused, resurrected }]) => merged + refused + resurrected > 0),
      ),
    });
  }
  return standings;
}

function countEnds(entries: readonly LedgerEntry[]) {
  const count = (holds: (entry: LedgerEntry) => boolean) => entries.filter(holds).length;
  return {
    merged: count(({ mergedAt }) => mergedAt !== null),
    refused: count(({ state }) => state === "closed" || state === "kept"),
    resurrected: count(({ state }) => state === "resurrected" || state === "reverted"),
  };
}
