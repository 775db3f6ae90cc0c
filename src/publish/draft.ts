import type { VerifiedBatch } from "../core/check.ts";
import type { PullRequestMetadata } from "../core/metadata.ts";
import type { PullRequestDraft } from "../core/pull-request.ts";
import { makeDraftCommits } from "./commits.ts";
import { pullRequestBody } from "./description.ts";
import type { ForgeHistory } from "./forge.ts";
import { branchOf, ownLabel } from "./names.ts";
import { findProvenance } from "./provenance.ts";
import type { PublishRequest } from "./publish.ts";
import { pullRequestTitle } from "./title.ts";

/** What a draft needs of a night. */
type DraftRequest = Pick<
  PublishRequest,
  | "night"
  | "at"
  | "candidates"
  | "decisions"
  | "opinions"
  | "nameBatch"
  | "marking"
  | "verification"
  | "checkout"
  | "merge"
  | "mask"
  | "signal"
> & { readonly history: ForgeHistory | null };

/** What stays the same when a pull request is made anew. */
export type Earlier = Pick<PullRequestMetadata, "night" | "branch"> & { readonly round: number };

/**
 * A pull request of a batch, new or an earlier one made anew. The commit has exactly the tree that was checked, and the
 * night's date, so that a second run makes the same one.
 */
export async function draftOf(
  batch: VerifiedBatch,
  request: DraftRequest,
  earlier?: Earlier,
): Promise<PullRequestDraft> {
  const { night, marking, verification, checkout, mask, opinions = [] } = request;
  const { base } = checkout.record;
  const byId = new Map(request.candidates.map((candidate) => [candidate.id, candidate]));
  const candidates = batch.candidates.flatMap((id) => byId.get(id) ?? []);
  const words = (await request.nameBatch?.(batch, candidates)) ?? null;
  const title = mask(pullRequestTitle(batch, candidates, marking, words?.theme));
  const { tree, fingerprint, assurance } = batch;
  const commits = await makeDraftCommits(batch, candidates, { ...request, date: `${night.slice(0, 10)}T00:00:00Z` });
  const decisions = new Map(request.decisions.map((decision) => [decision.id, decision]));
  const rules = [...new Set(batch.candidates.flatMap((id) => decisions.get(id)?.rule ?? []))].slice(0, 100);
  const version = earlier === undefined ? { night, branch: branchOf(batch) } : { ...earlier, pushed: night };
  const about = { base: base.commit, fingerprint, candidates: [...batch.candidates], assurance, rules };
  const { history, signal } = request;
  const provenance = await findProvenance(candidates, checkout, { history, signal });
  const forgeTests = checkout.record.forgeTests ?? null;
  const known = { decisions, heard: { opinions, words }, provenance, history, forgeTests };
  const body = (head: string) => {
    const metadata = { ...version, ...about, head };
    return pullRequestBody({ batch, candidates, verification, marking, metadata, mask, ...known });
  };
  return {
    ...{ branch: version.branch, base, title, body, commits },
    head: { commit: commits.at(-1)?.commit ?? base.commit, tree },
    labels: [ownLabel, `${ownLabel}:${batch.category}`],
    candidates: batch.candidates,
    now: request.at,
  };
}
