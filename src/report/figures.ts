import type { Candidate } from "../core/candidate.ts";
import type { VerifiedBatch, Verification } from "../core/check.ts";
import { counted } from "../core/markdown.ts";
import type { CandidateId } from "../core/names.ts";
import type { Category } from "../core/policy.ts";
import type { Outcome } from "../core/pull-request.ts";
import type { NightResult, RepoResult } from "../core/stage.ts";

/** A pull request of the night with what it removes. */
export type Proposal = {
  readonly outcome: Extract<Outcome, { kind: "opened" | "already-open" | "would-open" }>;
  readonly candidates: readonly Candidate[];
  /** Lines it takes away; 0 when its batch is not in the records. */
  readonly linesRemoved: number;
  /** As it was checked; absent when it is not in the records. */
  readonly batch?: VerifiedBatch;
};

/** Candidates that were not proposed for one and the same reason. */
export type Unproposed = { readonly because: string; readonly candidates: readonly Candidate[] };

/** The counts of one repository's night. */
export type Figures = {
  readonly found: number;
  /** Candidates by pass, in the order of the passes' names. */
  readonly byPass: readonly (readonly [Category, number])[];
  readonly proposed: number;
  readonly linesRemoved: number;
  readonly checkRuns: number;
  readonly ms: number;
};

/** Counts one repository's night from its records. */
export function figuresOf(repo: RepoResult): Figures {
  const candidates = repo.stages.find?.candidates ?? [];
  const passes = Map.groupBy(candidates, ({ pass }) => pass);
  const fresh = proposalsOf(repo).filter(({ outcome }) => outcome.kind !== "already-open");
  const { verify } = repo.stages;
  const trees = verify === undefined ? [] : [verify.baseline, ...verify.trees];
  return {
    found: candidates.length,
    byPass: [...passes].map(([pass, found]) => [pass, found.length] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    proposed: fresh.reduce((sum, proposal) => sum + proposal.candidates.length, 0),
    linesRemoved: fresh.reduce((sum, { linesRemoved }) => sum + linesRemoved, 0),
    checkRuns: trees.reduce((sum, { runs }) => sum + runs.length, 0),
    ms: Object.values(repo.ms).reduce((sum, ms) => sum + ms, 0),
  };
}

/** The pull requests of a repository that are open after the night, or would be after a dry one. */
export function proposalsOf({ stages }: RepoResult): readonly Proposal[] {
  const candidates = candidatesById(stages.find?.candidates ?? []);
  const batches = new Map((stages.verify?.batches ?? []).map((batch) => [keyOf(batch.candidates), batch]));
  return (stages.publish?.outcomes ?? []).flatMap((outcome) => {
    if (outcome.kind !== "opened" && outcome.kind !== "already-open" && outcome.kind !== "would-open") return [];
    const batch: VerifiedBatch | undefined = batches.get(keyOf(outcome.candidates));
    const included = outcome.candidates.flatMap((id) => candidates.get(id) ?? []);
    return [
      {
        outcome,
        candidates: included,
        linesRemoved: batch?.size.linesRemoved ?? 0,
        ...(batch === undefined ? {} : { batch }),
      },
    ];
  });
}

/** Every candidate that stands in no pull request, under the one reason that decided it; the largest group first. */
export function unproposedOf(repo: RepoResult): readonly Unproposed[] {
  const proposed = new Set(proposalsOf(repo).flatMap(({ outcome }) => outcome.candidates));
  const reasons = reasonsOf(repo);
  const left = (repo.stages.find?.candidates ?? []).filter(({ id }) => !proposed.has(id));
  const unknown =
    repo.stopped === undefined ? "waits for another night: no room beside others" : "the repository stopped";
  const groups = Map.groupBy(left, ({ id }) => reasons.get(id) ?? unknown);
  return [...groups]
    .map(([because, candidates]) => ({ because, candidates }))
    .toSorted((a, b) => b.candidates.length - a.candidates.length || (a.because < b.because ? -1 : 1));
}

/** What the night did, in a few words for the first line of every report. */
export function headline(night: NightResult): string {
  const outcomes = night.repos.flatMap((repo) => repo.stages.publish?.outcomes ?? []);
  const opened = outcomes.filter(({ kind }) => kind === "opened").length;
  const dry = outcomes.filter(({ kind }) => kind === "would-open").length;
  const stopped = night.repos.filter((repo) => repo.stopped !== undefined).length;
  const result = night.dryRun
    ? `${counted(dry, "pull request")} would be opened`
    : `${counted(opened, "pull request")} opened`;
  return stopped === 0 ? result : `${result}, ${counted(stopped, "repository needs you", "repositories need you")}`;
}

/** Later reasons weigh more: an outcome says more than a check, a check more than the policy. */
function reasonsOf({ stages }: RepoResult): ReadonlyMap<CandidateId, string> {
  const { decide, verify, publish } = stages;
  const kept = decide?.decisions.filter(({ action }) => action === "ignore" || action === "report");
  return new Map([
    ...(kept ?? []).map(({ id, because }) => [id, because] as const),
    ...(verify === undefined ? [] : verifyReasons(verify)),
    ...(publish?.held ?? []).map(({ id, because }) => [id, because] as const),
    ...(publish?.outcomes ?? []).flatMap((outcome) =>
      "because" in outcome ? outcome.candidates.map((id) => [id, outcome.because] as const) : [],
    ),
  ]);
}

function verifyReasons({ untested, culprits }: Verification): readonly (readonly [CandidateId, string])[] {
  return [
    ...untested.map(({ id, limit }) => [id, `not tested: the limit ${limit} was reached`] as const),
    ...culprits.map(({ id, check }) => [id, `without it, \`${check}\` fails`] as const),
  ];
}

function candidatesById(candidates: readonly Candidate[]): ReadonlyMap<CandidateId, Candidate> {
  return new Map(candidates.map((candidate) => [candidate.id, candidate]));
}

function keyOf(ids: readonly CandidateId[]): string {
  return ids.toSorted().join("\n");
}
