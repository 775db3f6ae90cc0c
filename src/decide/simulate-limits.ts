import type { Candidate } from "../core/candidate.ts";
import type { PolicyLimits } from "../core/policy-schema.ts";

/** What one repository's night would try under the new policy. */
export type SimulatedNight = {
  readonly repo: string;
  readonly wanted: readonly Candidate[];
  readonly limits: PolicyLimits;
};

/** How many pull requests nights would open within the limits, and how much would still wait at the end. */
export type Workload = { readonly pullRequests: number; readonly opened: number; readonly waiting: number };

/**
 * Opens pull requests night by night, as far as sizes tell: of one category each, as many candidates as the limits let
 * in, so many a night. What was opened is not opened again. Records have no code, so what collides is not known, and
 * neither is when people would have answered: `openPullRequests` is not counted.
 */
export function reckonWorkload(nights: readonly SimulatedNight[]): Workload {
  const opened = new Set<string>();
  const last = new Map<string, readonly string[]>();
  let pullRequests = 0;
  for (const { repo, wanted, limits } of nights) {
    const pending = wanted.filter(({ id }) => !opened.has(`${repo} ${id}`));
    const batches = pack(pending, limits).slice(0, limits.pullRequestsPerNight);
    pullRequests += batches.length;
    for (const { id } of batches.flat()) opened.add(`${repo} ${id}`);
    last.set(
      repo,
      wanted.map(({ id }) => `${repo} ${id}`),
    );
  }
  const waiting = [...last.values()].flat().filter((key) => !opened.has(key)).length;
  return { pullRequests, opened: opened.size, waiting };
}

/** A candidate that is too large by itself is alone. */
function pack(candidates: readonly Candidate[], limits: PolicyLimits): readonly (readonly Candidate[])[] {
  return [...Map.groupBy(candidates, ({ category }) => category).values()].flatMap((group) => {
    const batches: Candidate[][] = [];
    for (const candidate of group) {
      const open = batches.at(-1);
      if (open !== undefined && fits([...open, candidate], limits)) open.push(candidate);
      else batches.push([candidate]);
    }
    return batches;
  });
}

function fits(candidates: readonly Candidate[], limits: PolicyLimits): boolean {
  const files = new Set(candidates.flatMap(({ members }) => members.map(({ file }) => file))).size;
  const lines = candidates.reduce((sum, { size }) => sum + size.linesRemoved + size.linesAdded, 0);
  const symbols = candidates.reduce((sum, { members }) => sum + members.length, 0);
  return (
    files <= limits.filesPerPullRequest &&
    lines <= limits.linesPerPullRequest &&
    symbols <= limits.symbolsPerPullRequest
  );
}
