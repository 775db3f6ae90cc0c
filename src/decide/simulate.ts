import type { Candidate } from "../core/candidate.ts";
import type { LedgerState } from "../core/ledger.ts";
import type { Alarm } from "../core/marking.ts";
import { counted } from "../core/markdown.ts";
import type { CandidateId } from "../core/names.ts";
import type { EffectivePolicy } from "../core/policy-layers.ts";
import type { Decision } from "../core/policy.ts";
import { decide } from "./decide.ts";
import { reckonWorkload, type SimulatedNight, type Workload } from "./simulate-limits.ts";

/** One repository of a recorded night. */
export type RecordedRun = {
  readonly night: string;
  readonly repo: string;
  readonly candidates: readonly Candidate[];
  readonly alarms: readonly Alarm[];
  /** The policy to try, with what narrows it in this repository. */
  readonly policy: EffectivePolicy;
  readonly decisions: readonly (Decision & { readonly id: CandidateId })[];
  /** What the checks held back, which no policy changes. */
  readonly culprits: readonly CandidateId[];
};

/** One candidate that another policy would have treated otherwise. */
type Difference = {
  readonly repo: string;
  readonly id: CandidateId;
  readonly subject: string;
  readonly before: Decision;
  readonly after: Decision;
  /** What became of it, if the ledger knows. */
  readonly outcome: LedgerState | null;
};

/** What recorded nights would have done under another policy. */
export type Simulation = {
  readonly nights: number;
  readonly candidates: number;
  readonly proposedBefore: number;
  readonly proposedAfter: number;
  readonly added: readonly Difference[];
  readonly dropped: readonly Difference[];
  /** What the limits would make of it. */
  readonly workload: Workload;
};

/** Decisions that no policy makes: of people, of the record, or of the forge. They stand under any policy. */
const fixedRules: ReadonlySet<string> = new Set([
  ...[
    "answer",
    "kept",
    "snoozed",
    "closed",
    "muted",
    "paused",
    "expired",
    "culprit",
    "merged",
    "reverted",
    "resurrected",
  ],
]);

/** Decides over recorded candidates again. One that several nights found counts once, as the last of them saw it. */
export function simulate(
  runs: readonly RecordedRun[],
  outcomeOf: (repo: string, id: CandidateId) => LedgerState | null,
): Simulation {
  const latest = new Map<string, { readonly difference: Difference; readonly candidate: Candidate }>();
  const nights: SimulatedNight[] = [];
  for (const run of runs.toSorted((one, other) => one.night.localeCompare(other.night, "en", { numeric: true }))) {
    const wanted: Candidate[] = [];
    const after = new Map(decide(run.candidates, run.policy, run.alarms).map((decision) => [decision.id, decision]));
    const before = new Map(run.decisions.map((decision) => [decision.id, decision]));
    for (const candidate of run.candidates) {
      const { id, subject } = candidate;
      const was = before.get(id);
      const becomes = after.get(id);
      if (was === undefined || becomes === undefined) continue;
      const isFixed = fixedRules.has(was.rule) || run.culprits.includes(id);
      const difference = {
        ...{ repo: run.repo, id, subject: `${subject.file}#${subject.name}`, before: was },
        after: isFixed ? was : becomes,
        outcome: outcomeOf(run.repo, id),
      };
      latest.set(`${run.repo} ${id}`, { difference, candidate });
      if (proposes(difference.after) && !run.culprits.includes(id)) wanted.push(candidate);
    }
    nights.push({ repo: run.repo, wanted, limits: run.policy.limits });
  }
  const all = [...latest.values()].map(({ difference }) => difference);
  return {
    nights: new Set(runs.map(({ night }) => night)).size,
    candidates: all.length,
    proposedBefore: all.filter(({ before }) => proposes(before)).length,
    proposedAfter: all.filter(({ after }) => proposes(after)).length,
    added: all.filter(({ before, after }) => !proposes(before) && proposes(after)),
    dropped: all.filter(({ before, after }) => proposes(before) && !proposes(after)),
    workload: reckonWorkload(nights),
  };
}

/** A simulation in words, with as many examples as fit on a screen. */
export function renderSimulation(simulation: Simulation): readonly string[] {
  const { nights, candidates, added, dropped, proposedBefore, proposedAfter, workload } = simulation;
  return [
    `${counted(candidates, "candidate")} of ${counted(nights, "night")}: ${proposedBefore} were proposed, ${proposedAfter} would have been: +${added.length} -${dropped.length}`,
    `within its limits about ${counted(workload.pullRequests, "pull request")} of ${counted(workload.opened, "candidate")}, and ${workload.waiting} would still wait`,
    ...outcomesInWords("+", added),
    ...outcomesInWords("-", dropped),
    ...linesOf("+", added),
    ...linesOf("-", dropped),
  ];
}

const endings = {
  closed: "closed by people",
  kept: "kept by people",
  reverted: "reverted",
  resurrected: "back again",
  culprit: "found to break a check",
  merged: "merged",
} as const satisfies Partial<Record<LedgerState, string>>;

function outcomesInWords(sign: string, differences: readonly Difference[]): readonly string[] {
  const counts = Object.entries(endings).flatMap(([state, words]) => {
    const count = differences.filter(({ outcome }) => outcome === state).length;
    return count === 0 ? [] : [`${count} later ${words}`];
  });
  return counts.length === 0 ? [] : [`of the ${sign}${differences.length}: ${counts.join(", ")}`];
}

const mostLines = 40;

function linesOf(sign: string, differences: readonly Difference[]): readonly string[] {
  const lines = differences.slice(0, mostLines).map(({ repo, id, subject, before, after, outcome }) => {
    const [category = ""] = id.split(":");
    const became = outcome === null || outcome === "reported" ? "" : `, ${outcome}`;
    return `${sign} ${repo} ${category} ${subject}: ${before.action} (${before.rule}) -> ${after.action} (${after.rule}${became})`;
  });
  const left = differences.length - lines.length;
  return left > 0 ? [...lines, `${sign} and ${left} more`] : lines;
}

function proposes({ action }: Decision): boolean {
  return action === "propose" || action === "automerge";
}
