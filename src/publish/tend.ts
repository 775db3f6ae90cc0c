import type { Candidate } from "../core/candidate.ts";
import type { ForgeTests, VerifiedBatch, Verification } from "../core/check.ts";
import type { Remembered, StandingOutcome } from "../core/lifecycle.ts";
import type { CandidateId } from "../core/names.ts";
import type { Remake } from "../core/pull-request.ts";
import { automergeHindrance } from "./automerge.ts";
import { draftOf } from "./draft.ts";
import type { Source } from "./forge.ts";
import { judgeStanding } from "./lifecycle.ts";
import type { PublishRequest } from "./publish.ts";
import { renderAction } from "./render-action.ts";
import { findReviewers } from "./reviewers.ts";
import type { ForgeSettings, ObservedPullRequest, StandingPort, StandingStep, StepEnd } from "./standing-port.ts";
import { pickFound } from "./ended.ts";
import type { Action, Patience, Tonight, Trial, Verdict } from "./verdict.ts";

/** What a night knows of its repository before anything is checked. */
export type StandingNight = Pick<Tonight, "night" | "now" | "found" | "refusals" | "forgeTests"> & {
  readonly port: StandingPort;
  readonly source: Source;
  /** The candidates that an output plainly accuses. */
  readonly accuse: (output: string, candidates: readonly Candidate[]) => readonly CandidateId[];
  /** Candidates that the policy lets merge themselves. */
  readonly automerge: ReadonlySet<CandidateId>;
  readonly signal: AbortSignal;
};

/** What it knows afterwards, too. */
export type Tending = StandingNight & {
  readonly remakes: readonly Remake[];
  readonly request: Omit<PublishRequest, "batches" | "limits">;
  /** Keeps an answer, before anything is done about it on the forge. */
  readonly note: (entry: Remembered) => Promise<void>;
};

const patience: Patience = { remindAfterDays: 7, expireAfterDays: 14, restDays: 90, ciRounds: 2 };

/** Says which standing pull requests must be made anew, and with which candidates. Writes nothing. */
export async function planRemakes(night: StandingNight): Promise<readonly Remake[]> {
  const observed = await night.port.observe(night.source, night.signal);
  const tonightOf = prepare(night, observed, null);
  return observed.flatMap((one) => {
    const { actions } = judgeStanding(one, { ...tonightOf(one), trial: "planned" });
    return actions.flatMap((action) =>
      action.kind === "remake" ? [{ number: one.number, candidates: action.candidates }] : [],
    );
  });
}

/**
 * Looks after every pull request of ours: looks again, judges, and does what the verdict says, in its order. May be run
 * again at any time: each step looks up what is there. Throws what the forge throws.
 */
export async function tendStanding(tending: Tending): Promise<readonly StandingOutcome[]> {
  const { port, source, signal } = tending;
  const observed = await port.observe(source, signal);
  const tonightOf = prepare(tending, observed, await port.settings(source, signal));
  const outcomes: StandingOutcome[] = [];
  // What this very night opened is still to be finished by it; a night that was killed comes by here again.
  for (const one of observed.filter(({ metadata }) => metadata?.night !== tending.night)) {
    signal.throwIfAborted();
    const verdict = judgeStanding(one, { ...tonightOf(one), trial: trialOf(one.number, tending) });
    outcomes.push(await carryOut(one, verdict, tending));
  }
  return outcomes;
}

function prepare(
  night: StandingNight,
  all: readonly ObservedPullRequest[],
  settings: ForgeSettings | null,
): (one: ObservedPullRequest) => Omit<Tonight, "trial"> {
  const standing = all.filter(({ state }) => state !== "closed");
  const places = standing.flatMap(({ number, metadata }) => (metadata?.candidates ?? []).map((id) => ({ id, number })));
  const byId = Map.groupBy(places, ({ id }) => id);
  return (one) => {
    const { checks, metadata } = one;
    const candidates = pickFound(night.found, metadata?.candidates ?? []);
    const output = checks.kind === "red" ? checks.red.map(({ name, text }) => `${name}\n${text}`).join("\n") : "";
    const elsewhere = [...byId].map(
      ([id, found]) => [id, found.flatMap(({ number }) => (number === one.number ? [] : [number]))] as const,
    );
    return {
      ...night,
      forgeTests: forgeTestsOf(night, settings),
      elsewhere: new Map(elsewhere),
      accused: new Set(output === "" ? [] : night.accuse(output, candidates)),
      automergeHindrance: automergeHindrance({
        ...{ observed: one, all, candidates, settings, allowed: night.automerge },
        isTestedByForge: night.forgeTests !== null && checks.kind === "green",
      }),
      patience,
    };
  };
}

/** What the base requires is the least that must have run. */
function forgeTestsOf({ forgeTests }: StandingNight, settings: ForgeSettings | null): ForgeTests | null {
  if (forgeTests === null || forgeTests.checks.length > 0) return forgeTests;
  return { checks: settings?.requiredChecks ?? [] };
}

/** How making it anew went: its candidates are one batch of tonight, or the checks say why not. */
function trialOf(number: number, { remakes, request: { verification } }: Tending): Trial | undefined {
  const remake = remakes.find((one) => one.number === number);
  if (remake === undefined) return undefined;
  const batch = batchOf(remake, verification);
  if (batch !== undefined) return { kind: "survived", candidates: batch.candidates };
  const culprits = verification.culprits.filter(({ id }) => remake.candidates.includes(id));
  const [culprit] = culprits;
  if (culprit !== undefined && culprits.length === remake.candidates.length)
    return { kind: "broke", check: culprit.check };
  const left = verification.untested.find(({ id }) => remake.candidates.includes(id));
  return { kind: "untested", limit: left?.limit ?? "no tree of it was checked" };
}

function batchOf({ candidates }: Remake, { batches }: Verification): VerifiedBatch | undefined {
  const wanted = new Set(candidates);
  return batches.find((batch) => batch.candidates.every((id) => wanted.has(id)));
}

async function carryOut(observed: ObservedPullRequest, verdict: Verdict, tending: Tending): Promise<StandingOutcome> {
  const { number, branch, url, metadata } = observed;
  const place = { number, branch, url, candidates: metadata?.candidates ?? [] };
  const done: string[] = [];
  for (const action of verdict.actions) {
    const end = await perform(observed, action, tending);
    // What comes after a step relies on it: the next night looks again.
    if (end.kind === "refused" && !isPolite(action))
      return { ...place, result: verdict.result, because: `${verdict.because}; but ${end.because}`, done };
    if (end.kind === "done" || end.kind === "recorded") done.push(renderAction(action));
  }
  return { ...place, result: verdict.result, because: verdict.because, done };
}

/** Nobody to ask is no reason to leave it unfinished. */
function isPolite({ kind }: Action): boolean {
  return kind === "request-review" || kind === "arm-automerge" || kind === "delete-branch";
}

async function perform(observed: ObservedPullRequest, action: Action, tending: Tending): Promise<StepEnd> {
  const { port, source, now, signal } = tending;
  if (action.kind === "remember") {
    await tending.note(action);
    return { kind: "done" };
  }
  const step = await stepOf(observed, action, tending);
  if (step === null) return { kind: "refused", because: "there is nobody to ask" };
  return port.perform(step, source, { now, signal });
}

async function stepOf(
  { number, branch, metadata }: ObservedPullRequest,
  action: Exclude<Action, Remembered>,
  tending: Tending,
): Promise<StandingStep | null> {
  const { found, source, now, signal, request } = tending;
  if (action.kind === "request-review") {
    const reviewers = await findReviewers(pickFound(found, metadata?.candidates ?? []), source, { now, signal });
    return reviewers.length === 0 ? null : { kind: "request-review", number, reviewers };
  }
  if (action.kind === "delete-branch") return { kind: "delete-branch", branch, expected: action.expected };
  if (action.kind !== "remake") return { ...action, number };
  const batch = batchOf({ number, candidates: action.candidates }, request.verification);
  if (batch === undefined || metadata === null) throw new Error(`#${number} cannot be made anew without a batch`);
  const earlier = { night: metadata.night, branch, round: action.round };
  return {
    kind: "remake",
    number,
    draft: await draftOf(batch, { ...request, history: request.forge.history ?? null }, earlier),
    expected: action.expected,
  };
}
