import { closingResult, stillSpeaks } from "../core/lifecycle.ts";
import type { CandidateId } from "../core/names.ts";
import type { SeenPullRequest } from "../io/remembered-pull-requests.ts";
import type { KnownPullRequest } from "./forge.ts";

/**
 * The pull request in which a candidate stands, by candidate. An answer of a person weighs more than an open one; what
 * nightsweep closed itself does not count once it may be proposed again.
 */
export function standingCandidates(
  all: readonly KnownPullRequest[],
  now: string,
): ReadonlyMap<CandidateId, KnownPullRequest> {
  const standing = new Map<CandidateId, KnownPullRequest>();
  const pullRequests = all.filter((one) => one.state !== "closed" || stillSpeaks(one, now));
  const weight = { open: 0, merged: 1, closed: 2 } as const;
  for (const pullRequest of pullRequests.toSorted((a, b) => weight[a.state] - weight[b.state]))
    for (const id of pullRequest.candidates) standing.set(id, pullRequest);
  return standing;
}

/** The same for the ledger: what nightsweep closed itself is no answer of a person. */
export function withEndings(all: readonly KnownPullRequest[], now: string): readonly SeenPullRequest[] {
  return all.map((one) => {
    const byUs = one.state === "closed" && closingResult(one.labels) !== null;
    return byUs ? { ...one, ending: { at: one.closedAt ?? now, by: null, byUs } } : one;
  });
}
