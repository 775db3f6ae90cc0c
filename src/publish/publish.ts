import type { Candidate } from "../core/candidate.ts";
import type { VerifiedBatch, Verification } from "../core/check.ts";
import type { FileChange } from "../core/edit.ts";
import type { Marking } from "../core/marking.ts";
import { stillSpeaks } from "../core/lifecycle.ts";
import type { CandidateId, NightId } from "../core/names.ts";
import type { Opinion } from "../core/opinion.ts";
import type { PlainWords } from "../core/plain-words.ts";
import type { Decision } from "../core/policy.ts";
import type { Outcome, Publication } from "../core/pull-request.ts";
import type { Mask } from "../io/mask.ts";
import { draftOf } from "./draft.ts";
import type { Forge, KnownPullRequest, Opening, Source } from "./forge.ts";
import { branchOf } from "./names.ts";
import { standingCandidates } from "./standing.ts";

/** What is to be published, and where to. */
export type PublishRequest = {
  readonly night: NightId;
  readonly batches: readonly VerifiedBatch[];
  readonly candidates: readonly Candidate[];
  readonly decisions: readonly (Decision & { readonly id: CandidateId })[];
  readonly verification: Verification;
  readonly marking: Marking;
  readonly checkout: Source;
  readonly forge: Forge;
  /** What a model thinks of the candidates. */
  readonly opinions?: readonly Opinion[];
  /** Words of a model for what a batch is about; null: none can be used. */
  readonly nameBatch?: (batch: VerifiedBatch, candidates: readonly Candidate[]) => Promise<PlainWords | null>;
  /** What the files become when these candidates go. */
  readonly merge: (ids: readonly CandidateId[]) => readonly FileChange[];
  readonly limits: { readonly pullRequestsPerNight: number; readonly openPullRequests: number };
  /** What leaves the machine in titles, descriptions and commit messages passes it. */
  readonly mask: Mask;
  /** ISO 8601. */
  readonly at: string;
  readonly signal: AbortSignal;
};

/**
 * Opens a pull request for each batch that no person has answered yet, within the limits. Running it again opens
 * nothing twice. Throws what the forge and git throw.
 */
export async function publish(request: PublishRequest): Promise<Publication> {
  const { batches, forge, night, at, signal } = request;
  const known = await forge.list(request.checkout, signal);
  const speaking = known.filter((one) => one.state !== "closed" || stillSpeaks(one, at));
  const standing = standingCandidates(known, at);
  const used = {
    tonight: known.filter((pullRequest) => pullRequest.night === night).length,
    open: known.filter(({ state }) => state === "open").length,
  };
  const outcomes: Outcome[] = [];
  for (const batch of batches) {
    signal.throwIfAborted();
    assertPublishable(batch, request);
    const own = speaking.find(({ branch }) => branch === branchOf(batch));
    // One that this very night opened may lack what came after: opening it again does the rest.
    const resumed = own?.state === "open" && own.night === night;
    const hindrance = resumed ? null : (answered(batch, own, standing) ?? overLimit(batch, request, used));
    const outcome = hindrance ?? (await openOne(batch, request));
    const isNew = !resumed && (outcome.kind === "opened" || outcome.kind === "would-open");
    used.tonight += isNew ? 1 : 0;
    used.open += isNew ? 1 : 0;
    outcomes.push(outcome);
  }
  return { forge: forge.name, outcomes: [...outcomes, ...stillOpen(known, outcomes, night)] };
}

/** Pull requests of earlier nights that wait for an answer. */
function stillOpen(
  known: readonly KnownPullRequest[],
  outcomes: readonly Outcome[],
  tonight: NightId,
): readonly Outcome[] {
  const told = new Set(outcomes.map(({ branch }) => branch));
  return known
    .filter(({ state, branch, night }) => state === "open" && night !== tonight && !told.has(branch))
    .map(({ branch, url, candidates }) => ({ kind: "already-open", branch, url, candidates }));
}

/** Faults of our own, not of the repository: what is published was allowed, and its very tree was checked. */
function assertPublishable(batch: VerifiedBatch, { decisions, verification }: PublishRequest): void {
  if (!verification.trees.some(({ tree, survived }) => survived && tree === batch.tree))
    throw new Error(`batch ${batch.fingerprint}: its tree ${batch.tree} did not survive verification`);
  const allowed = new Set(
    decisions.flatMap(({ id, action }) => (action === "ignore" || action === "report" ? [] : [id])),
  );
  const forbidden = batch.candidates.find((id) => !allowed.has(id));
  if (forbidden !== undefined) throw new Error(`batch ${batch.fingerprint}: no policy proposes ${forbidden}`);
}

/** A batch is proposed as a whole, so one candidate that stands elsewhere or was answered holds all of it. */
function answered(
  batch: VerifiedBatch,
  own: KnownPullRequest | undefined,
  standing: ReadonlyMap<CandidateId, KnownPullRequest>,
): Outcome | null {
  const others = batch.candidates.flatMap((id) => standing.get(id) ?? []);
  const before = own ?? others.find(({ state }) => state !== "open") ?? others[0];
  return before === undefined ? null : outcomeOfKnown(batch, before);
}

function outcomeOfKnown({ candidates }: VerifiedBatch, known: KnownPullRequest): Outcome {
  const { branch, url, state } = known;
  switch (state) {
    case "open":
      return { kind: "already-open", branch, url, candidates };
    case "closed":
      return { kind: "closed-before", branch, candidates, because: `${url} was closed without a merge` };
    case "merged":
      return { kind: "closed-before", branch, candidates, because: `${url} was merged, and the code is there again` };
    default:
      return state satisfies never;
  }
}

function overLimit(
  batch: VerifiedBatch,
  { limits }: PublishRequest,
  used: { readonly tonight: number; readonly open: number },
): Outcome | null {
  const { pullRequestsPerNight, openPullRequests } = limits;
  const outcome = { kind: "over-limit", branch: branchOf(batch), candidates: batch.candidates } as const;
  if (used.open >= openPullRequests)
    return { ...outcome, because: `${used.open} pull requests are open; the limit is ${openPullRequests}` };
  if (used.tonight >= pullRequestsPerNight)
    return { ...outcome, because: `the limit of ${pullRequestsPerNight} new pull requests a night is reached` };
  return null;
}

async function openOne(batch: VerifiedBatch, request: PublishRequest): Promise<Outcome> {
  const draft = await draftOf(batch, { ...request, history: request.forge.history ?? null });
  return outcomeOf(await request.forge.open(draft, request.checkout, request.signal), batch, request.night);
}

function outcomeOf(opening: Opening, batch: VerifiedBatch, night: NightId): Outcome {
  const { candidates } = batch;
  switch (opening.kind) {
    case "opened":
    case "already-open": {
      const { branch, url } = opening.pullRequest;
      // A night that was killed after it opened this one has opened it all the same.
      const kind = opening.pullRequest.night === night ? "opened" : opening.kind;
      return { kind, branch, url, candidates };
    }
    case "answered":
      return outcomeOfKnown(batch, opening.pullRequest);
    case "recorded":
      return { kind: "would-open", branch: branchOf(batch), candidates };
    case "branch-taken":
      return { kind: "branch-taken", branch: branchOf(batch), candidates, because: opening.because };
    default:
      return opening satisfies never;
  }
}
