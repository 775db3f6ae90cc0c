import { join } from "node:path";
import type { Candidate } from "./core/candidate.ts";
import type { Config } from "./core/config.ts";
import { NightsweepError, toErrorRecord } from "./core/errors.ts";
import type { Ledger } from "./core/ledger.ts";
import type { CandidateId, NightId } from "./core/names.ts";
import type { EffectivePolicy } from "./core/policy-layers.ts";
import type { Policy } from "./core/policy-schema.ts";
import type { Principle } from "./core/principles.ts";
import type { Category } from "./core/policy.ts";
import { mayResurrect } from "./core/resurrection.ts";
import type { RepoResult, StageName, StageOutputs } from "./core/stage.ts";
import { checkOut, type CheckedOut } from "./checkout/check-out.ts";
import { decideTonight } from "./decide-tonight.ts";
import { findCandidates, readEditedTexts, type Texts } from "./find-candidates.ts";
import { findKeeps } from "./find-keeps.ts";
import type { Model } from "./io/ask-model.ts";
import type { NamedRepository } from "./io/config-file.ts";
import type { Mask } from "./io/mask.ts";
import { sandboxFor } from "./io/sandbox-choice.ts";
import type { Marked } from "./mark/heap.ts";
import { markRepository } from "./mark/mark.ts";
import { breakNeighbour } from "./mark/neighbour.ts";
import { traceCandidates } from "./mark/trace-candidates.ts";
import { createNamer } from "./name-batch.ts";
import { checksOf } from "./repository-checks.ts";
import { recordedTrust, settlePolicy, withinMinutes, withPolicyAlarms, type TrackRecord } from "./night-policy.ts";
import { observeCandidates } from "./observe-candidates.ts";
import { afterVerify, alarmsOf, heldBack, isProposed, productOf, resurrectedIn } from "./settle.ts";
import { standingNight, tendAndPublish, type Publishing } from "./standing-night.ts";
import { beginSteps, type Archive, type Steps, type WhyLeave } from "./steps.ts";
import { batchAround } from "./sweep/remakes.ts";
import { mergeEdits } from "./sweep/merge.ts";
import { verify } from "./verify/verify.ts";

/** The last stage: `sweep` installs nothing and runs no check, `verify` publishes nothing. */
type Goal = { readonly kind: "sweep" | "verify" } | (Publishing & { readonly kind: "publish" });

/** What was found, under which policy, with the texts that it is to be taken out of. */
type Found = { readonly candidates: readonly Candidate[]; readonly texts: Texts; readonly policy: Policy };

/** One repository's night, or a look at it. */
export type RepoRun = {
  readonly repository: NamedRepository;
  /** A URL or an absolute path. */
  readonly location: string;
  readonly ref?: string | undefined;
  readonly stateDirectory: string;
  readonly limits: Config["limits"];
  readonly sandbox: Config["sandbox"];
  readonly installHosts: Config["installHosts"];
  /** Of the operator and the organisation; the repository's own comes with the checkout. */
  readonly policy: EffectivePolicy;
  /** The passes to run; all when left out. */
  readonly passes?: readonly Category[] | undefined;
  readonly goal: Goal;
  readonly night: NightId;
  readonly archive: Archive;
  /** What people answered, and what broke, in earlier nights. */
  readonly ledger: Ledger;
  /** What became of earlier pull requests, and what rules have earned by it. */
  readonly track: TrackRecord;
  /** What owners want of their code, in words and mechanically. */
  readonly principles?: readonly Principle[];
  /** Opens the model that may be asked under the repository's policy; absent: none is asked. */
  readonly openModel?: (policy: EffectivePolicy) => Model | null;
  readonly mask: Mask;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Why no further stage may begin, though nothing was broken off. */
  readonly whyLeave?: WhyLeave;
  readonly onProgress: (stage: StageName, detail?: string) => void;
  /** Told before anything is checked. */
  readonly onFound?: (found: Found) => Promise<void>;
};

/** The texts of the files that candidates edit, as they were, and the policy that decided over them. */
type Swept = { readonly texts: Texts; readonly policy: EffectivePolicy };

/** How a repository's run ended. */
export type RepoOutcome = Swept & { readonly result: RepoResult };

/**
 * Runs the stages of one repository. What a stage throws stops this repository only and is part of the result; an abort
 * is thrown as INTERRUPTED and a full disk as it is, since the repository is not settled then.
 */
export async function runRepo(run: RepoRun): Promise<RepoOutcome> {
  const { repository, archive, now, signal } = run;
  const whyLeave: WhyLeave = async (stage) =>
    signal.aborted ? "it was broken off" : ((await run.whyLeave?.(stage)) ?? null);
  const steps = beginSteps({ archive, now, whyLeave, onStage: run.onProgress });
  const outcome = (swept: Swept, stopped?: unknown): RepoOutcome => ({
    result: { repo: repository.key, location: repository.location, ...steps.result(stopped) },
    ...swept,
  });
  try {
    return outcome(await sweepRepository(run, steps));
  } catch (error) {
    if (signal.aborted) throw new NightsweepError("INTERRUPTED", repository.key, { cause: error });
    // A full disk is no fault of the repository: the night ends here, and goes on when there is room.
    if (toErrorRecord(error).code === "DISK_FULL") throw error;
    if (error instanceof NightsweepError && error.code === "INTERRUPTED") throw error;
    return outcome({ texts: {}, policy: run.policy }, error);
  }
}

/** The algorithm: every stage in its order. No other file knows it. */
async function sweepRepository(run: RepoRun, { step }: Steps): Promise<Swept> {
  const { signal, goal, onProgress } = run;
  await using resources = new AsyncDisposableStack();
  const opening = once(async (ref?: string) => resources.use(await openCheckout(run, ref)));

  const checkout = await step("checkout", async () => (await opening()).record);
  // A restarted night goes on with the commit that it began with.
  const checkedOut = await opening(checkout.base.commit);
  const { directory, mirror } = checkedOut;
  const { policy, trust } = await settlePolicy(run, checkedOut);
  const mark = once(() =>
    markRepository({
      directory,
      files: checkedOut.files,
      flags: policy.flags,
      types: true,
      memoryFolder: join(run.stateDirectory, "memory", run.repository.key),
      sandbox: checkedOut.cage.sandbox,
      signal,
    }),
  );

  const marking = await step("mark", async () => withPolicyAlarms((await mark()).marking, policy));
  const { candidates } = await step("find", async () => find(run, await mark(), checkedOut));
  const source = { record: checkout, mirror };
  const now = run.now().toISOString();
  const ours =
    goal.kind === "publish" ? standingNight({ ...run, ...goal, policy, now, source, marking, candidates }) : null;
  const decided = await step("decide", async () => {
    const known = { policy, candidates, source, now, checkedOut, ours, alarms: alarmsOf(marking, checkout) };
    const resurrected = await findResurrected(run.ledger, now, mark);
    return { ...(await decideTonight(run, known)), ...recordedTrust(trust), ...resurrected };
  });
  const { decisions, remakes = [] } = decided;

  const texts = readEditedTexts(directory, candidates);
  await run.onFound?.({ candidates, texts, policy });
  const proposed = selectProposed(candidates, decisions);
  const merge = (ids: readonly CandidateId[]) =>
    mergeEdits(
      pick(candidates, ids).flatMap(({ edits }) => edits),
      texts,
    );
  const batch = (ids: readonly CandidateId[]) =>
    batchAround(pick(candidates, ids), remakes, { limits: policy.limits, texts });
  await step("sweep", () => Promise.resolve({ batches: batch(proposed.map(({ id }) => id)) }));
  if (goal.kind === "sweep") return { texts, policy };

  const wantedBatches = goal.kind === "publish" ? policy.limits.pullRequestsPerNight + remakes.length : 0;
  const product = productOf(marking, checkedOut.packageNames);
  const limits = withinMinutes(run.limits, policy);
  const trial = { checkedOut, candidates: proposed, merge, batch, wantedBatches, product, limits, signal };
  const verification = await step("verify", () =>
    verify({ ...trial, breakFile: breakNeighbour, onRun: verifyProgress(onProgress) }),
  );
  if (goal.kind !== "publish") return { texts, policy };

  await step("publish", async () => {
    const settled = afterVerify({ candidates, decisions, verification, policy, checkout });
    const about = { candidates, decisions: settled, verification, marking, checkout: source, merge, at: now };
    const named = { ...run, ...decided, ...about, policy, nameBatch: createNamer(run, policy, directory) };
    const published = await tendAndPublish(named, goal, { ours, remakes });
    return { ...published, held: heldBack(decisions, settled) };
  });
  return { texts, policy };
}

function verifyProgress(onProgress: RepoRun["onProgress"]): (now: { done: number; check: string }) => void {
  return ({ done, check }) => {
    onProgress("verify", `tree ${done}, ${check}`);
  };
}

/** Nothing is installed when no check will run: neither in a look, nor when the checks are on record already. */
async function openCheckout(run: RepoRun, ref: string | undefined): Promise<CheckedOut> {
  const { repository, location, stateDirectory, limits, goal, archive, signal } = run;
  const commit = ref ?? run.ref;
  const { checks, ...forgeTests } = checksOf(repository);
  const credentials = goal.kind === "publish" ? await goal.forge.admit(signal) : undefined;
  const opened = await checkOut({
    location,
    key: repository.key,
    stateDirectory,
    ...(commit === undefined ? {} : { ref: commit }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(checks === undefined ? {} : { checks }),
    install: goal.kind !== "sweep" && !archive.finished.has("verify"),
    installMinutes: limits.installMinutes,
    sandbox: await sandboxFor(repository, run.sandbox, signal),
    resources: limits,
    installHosts: run.installHosts,
    grants: repository.grants,
    signal,
  });
  return { ...opened, record: { ...opened.record, location: repository.location, ...forgeTests } };
}

/** Marks again only where something was merged that may have come back. */
async function findResurrected(
  ledger: Ledger,
  now: string,
  mark: () => Promise<Marked>,
): Promise<Pick<StageOutputs["decide"], "resurrected">> {
  return mayResurrect(ledger.entries, now) ? { resurrected: resurrectedIn((await mark()).heap, ledger, now) } : {};
}

async function find(run: RepoRun, { heap }: Marked, checkedOut: CheckedOut): Promise<StageOutputs["find"]> {
  const { directory, mirror, record } = checkedOut;
  const { passes, now, signal } = run;
  const origin = { directory, mirror, commit: record.base.commit, passes, now: now(), signal, withFixes: true };
  const { repository, ledger } = run;
  const known = { ledger, production: repository.production, files: checkedOut.files };
  const candidates = await observeCandidates(await findCandidates(heap, origin), known, origin);
  const traces = traceCandidates(heap, candidates);
  return { candidates, traces, ...(await findKeeps(heap, origin, run.principles)) };
}

/** What is to be tried: what the policy proposes, unless it needs something to go that the policy does not propose. */
function selectProposed(
  candidates: readonly Candidate[],
  decisions: StageOutputs["decide"]["decisions"],
): readonly Candidate[] {
  const wanted = new Set(decisions.filter(isProposed).map(({ id }) => id));
  let chosen = candidates.filter(({ id }) => wanted.has(id));
  // Each round that takes one out may strand another; there are no more rounds than candidates.
  for (let left = Infinity; left > chosen.length;) {
    left = chosen.length;
    const there = new Set(chosen.map(({ id }) => id));
    chosen = chosen.filter(({ requires }) => requires.every((id) => there.has(id)));
  }
  return chosen;
}

function pick(candidates: readonly Candidate[], ids: readonly CandidateId[]): readonly Candidate[] {
  const wanted = new Set(ids);
  return candidates.filter(({ id }) => wanted.has(id));
}

/** The first call does the work, later ones get its result whatever they ask with. */
function once<Words extends readonly unknown[], Result>(
  work: (...words: Words) => Result,
): (...words: Words) => Result {
  let done: { readonly result: Result } | undefined;
  return (...words) => (done ??= { result: work(...words) }).result;
}
