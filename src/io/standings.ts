import type { LedgerEntry } from "../core/ledger.ts";
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
    const count = (holds: (entry: LedgerEntry) => boolean) => entries.filter(holds).length;
    standings.set(repo, {
      pullRequests: await readPullRequests(store, repo),
      merged: count(({ mergedAt }) => mergedAt !== null),
      untouched: count(({ untouched }) => untouched === true),
      refused: count(({ state }) => state === "closed" || state === "kept"),
      resurrected: count(({ state }) => state === "resurrected" || state === "reverted"),
    });
  }
  return standings;
}
