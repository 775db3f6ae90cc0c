import type { CandidateId } from "../core/names.ts";
import type { KnownPullRequest } from "./forge.ts";

/** The pull request in which a candidate stands, by candidate. An answer of a person weighs more than an open one. */
export function standingCandidates(
  pullRequests: readonly KnownPullRequest[],
): ReadonlyMap<CandidateId, KnownPullRequest> {
  const standing = new Map<CandidateId, KnownPullRequest>();
  const weight = { open: 0, merged: 1, closed: 2 } as const;
  for (const pullRequest of pullRequests.toSorted((a, b) => weight[a.state] - weight[b.state]))
    for (const id of pullRequest.candidates) standing.set(id, pullRequest);
  return standing;
}
