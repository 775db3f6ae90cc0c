import { movableKey } from "./core/ledger.ts";
import { lifecycleResults, type StandingOutcome } from "./core/lifecycle.ts";
import type { CandidateId, NightId, RepoKey } from "./core/names.ts";
import { readRecord, recordedNights } from "./io/records.ts";

/** What the last night that published made of the pull requests that stood. */
export type StandingResults = { readonly night: NightId; readonly outcomes: readonly StandingOutcome[] };

/** A repository that did not publish in so many nights has nothing new to say of its pull requests. */
const mostNights = 30;

/** Reads them from the records; null where no night of late has any. */
export async function readStandingResults(reports: string, repo: RepoKey): Promise<StandingResults | null> {
  for (const night of (await recordedNights(reports)).slice(0, mostNights)) {
    const record = await readRecord(reports, { night, repo, stage: "publish" });
    if (record !== null) return { night, outcomes: record.output.standing ?? [] };
  }
  return null;
}

/** In which pull request a candidate stands and how it is with it, by the name of the result. */
export function standingResultsOf(id: CandidateId, found: StandingResults | null): readonly string[] {
  const own = (found?.outcomes ?? []).filter(({ candidates }) =>
    candidates.some((one) => movableKey(one) === movableKey(id)),
  );
  return own.map(
    ({ url, result, because }) =>
      `  ${found?.night ?? ""} ${url}: ${result} (${lifecycleResults[result].means}): ${because}`,
  );
}
