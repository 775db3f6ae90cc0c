import type { Candidate } from "../core/candidate.ts";
import type { CandidateId } from "../core/names.ts";
import { findIntroduction, findMerge, type PastCommit } from "../io/git-provenance.ts";
import type { ForgeHistory, Source } from "./forge.ts";

/** A commit, and the pull request that brought it; null: it came without one, or nobody can say. */
export type Origin = PastCommit & { readonly pullRequest: number | null };

/** Where a candidate comes from; null: history does not say. */
export type Provenance = { readonly introduced: Origin | null; readonly lastTouched: Origin | null };

/** So many are looked up for one description: more rows than its table has. */
const mostCandidates = 20;

/** The forge is asked so often for one description, and only where git does not say it. */
const mostQuestions = 10;

/** Finds by which commits and pull requests candidates came, and were touched last. */
export async function findProvenance(
  candidates: readonly Candidate[],
  { mirror, record }: Source,
  how: { readonly history: ForgeHistory | null; readonly signal: AbortSignal },
): Promise<ReadonlyMap<CandidateId, Provenance>> {
  const base = record.base.commit;
  const askedFor = new Map<string, number | null>();
  const originOf = async (past: PastCommit | null): Promise<Origin | null> => {
    if (past === null) return null;
    const { commit } = past;
    const known = askedFor.get(commit) ?? (await numberInGit({ mirror, base, past }, how.signal));
    if (known === null && !askedFor.has(commit) && how.history !== null && askedFor.size < mostQuestions)
      askedFor.set(commit, await how.history.pullRequestOf(commit, how.signal));
    return { ...past, pullRequest: known ?? askedFor.get(commit) ?? null };
  };
  const found = new Map<CandidateId, Provenance>();
  for (const candidate of candidates.slice(0, mostCandidates)) {
    const { id, subject, lastTouched } = candidate;
    const isFile = `/${subject.file}`.endsWith(`/${subject.name}`);
    const name = isFile ? null : (subject.name.split(".").at(-1) ?? subject.name);
    const first = await findIntroduction({ mirror, base, file: subject.file, name }, how.signal);
    found.set(id, { introduced: await originOf(first), lastTouched: await originOf(lastTouched) });
  }
  return found;
}

/** GitHub writes the number into the subject of a squash, or into that of the merge. */
async function numberInGit(
  { past, ...place }: { readonly mirror: string; readonly base: string; readonly past: PastCommit },
  signal: AbortSignal,
): Promise<number | null> {
  const own = numberIn(past.subject);
  if (own !== null) return own;
  const merge = await findMerge({ ...place, commit: past.commit }, signal);
  return merge === null ? null : numberIn(merge.subject);
}

function numberIn(subject: string): number | null {
  const [, squashed, merged] = /\(#(\d{1,9})\)$|^Merge pull request #(\d{1,9}) from /.exec(subject.trimEnd()) ?? [];
  const digits = squashed ?? merged;
  return digits === undefined ? null : Number(digits);
}
