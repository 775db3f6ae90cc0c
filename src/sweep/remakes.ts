import type { Candidate } from "../core/candidate.ts";
import type { Batch } from "../core/check.ts";
import type { RepoPath } from "../core/names.ts";
import type { Remake } from "../core/pull-request.ts";
import { batchCandidates, batchTogether } from "./batch.ts";
import type { SizeLimits } from "./clusters.ts";

/** The batches of a night: first each standing pull request that is made anew, as it was, then those of the rest. */
export function batchAround(
  candidates: readonly Candidate[],
  remakes: readonly Remake[],
  how: { readonly limits: SizeLimits; readonly texts: Readonly<Record<RepoPath, string>> },
): readonly Batch[] {
  const again = remakes.flatMap((remake) => {
    const wanted = new Set(remake.candidates);
    const own = candidates.filter(({ id }) => wanted.has(id));
    return batchTogether(own, how.limits, how.texts) ?? [];
  });
  const taken = new Set(again.flatMap((batch) => batch.candidates));
  const rest = candidates.filter(({ id }) => !taken.has(id));
  return [...again, ...batchCandidates(rest, how.limits, how.texts)];
}

/** Whether a batch is a standing pull request made anew. */
export function isRemade({ candidates }: Batch, remakes: readonly Remake[]): boolean {
  return remakes.some((remake) => candidates.every((id) => remake.candidates.includes(id)));
}
