import type { Candidate } from "./core/candidate.ts";
import type { RepoKey } from "./core/names.ts";
import { readRecord, recordedNights } from "./io/records.ts";

/** Nights that are searched. */
const nightsBack = 90;

/** Candidates as the last night that found one of them saw them; none where no record has them any more. */
export async function findRecorded(
  reportsDirectory: string,
  repo: RepoKey,
  ids: ReadonlySet<string>,
): Promise<readonly Candidate[]> {
  for (const night of (await recordedNights(reportsDirectory)).slice(0, nightsBack)) {
    const found = await readRecord(reportsDirectory, { night, repo, stage: "find" });
    const ours = (found?.output.candidates ?? []).filter(({ id }) => ids.has(id));
    if (ours.length > 0) return ours;
  }
  return [];
}
