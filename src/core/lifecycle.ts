import type { CandidateId } from "./names.ts";

/**
 * What can be said of a pull request of ours at the end of a night, by name, as `explain` and the report show it.
 * `waits`: nothing to do tonight; `acted`: it goes on in another state; `over`: it is not asked again by itself; `no`: a
 * person said no, and the code is kept until it changes.
 */
export const lifecycleResults = {
  "awaiting-ci": { stage: "waits", means: "a draft: the checks of the repository have not finished" },
  "red-before": { stage: "waits", means: "a draft: its checks are red, and the same ones are red without it" },
  "awaiting-review": { stage: "waits", means: "ready, and nobody has answered yet" },
  "in-conversation": { stage: "waits", means: "a person asked for changes or wrote to it; nightsweep waits" },
  "in-merge-queue": { stage: "waits", means: "in the merge queue, where nothing is pushed to it" },
  "remake-waits": { stage: "waits", means: "it has to be made anew, which must wait for another night" },
  "hands-off": { stage: "waits", means: "a person has worked on its branch: it is theirs for good" },
  "marked-ready": { stage: "acted", means: "its checks are green, so it was made ready for review" },
  "automerge-armed": { stage: "acted", means: "it merges itself once what the branch requires is green" },
  rebased: { stage: "acted", means: "it was in conflict with its base and was made anew on top of it" },
  "culprit-dropped": { stage: "acted", means: "its checks were red, and it goes on without what they accuse" },
  halved: { stage: "acted", means: "its checks were red and accuse nobody, so half of it goes on alone" },
  reduced: { stage: "acted", means: "a part of it is to be kept, and it goes on without that" },
  retried: { stage: "acted", means: "a person asked for it to be made anew" },
  reminded: { stage: "acted", means: "nobody had answered for long, so it asked once more" },
  merged: { stage: "over", means: "a person or the merge queue took it" },
  reverted: { stage: "over", means: "it was merged and taken back: its rule is muted for these files" },
  reappeared: { stage: "over", means: "it was merged and the code is there again: its rule is muted for these files" },
  "fixed-by-others": { stage: "over", means: "closed: the code went, or is used again, without it" },
  superseded: { stage: "over", means: "closed: another pull request of nightsweep has all of it" },
  withdrawn: { stage: "over", means: "closed: no policy proposes it any more" },
  unsafe: { stage: "over", means: "closed: on today's base the checks need what it removes" },
  "ci-failed": { stage: "over", means: "closed: the repository's own checks are red with it" },
  snoozed: { stage: "over", means: "closed for a time, since a person asked for it" },
  expired: { stage: "over", means: "closed, since nobody answered: that is not a no" },
  "closed-by-person": { stage: "no", means: "a person closed it" },
  "kept-by-label": { stage: "no", means: "a person put the label nightsweep:keep on it" },
  "kept-by-comment": { stage: "no", means: "a person asked for the code to be kept" },
} as const satisfies Record<string, { readonly stage: "waits" | "acted" | "over" | "no"; readonly means: string }>;

/** The name of a result. */
export type LifecycleResult = keyof typeof lifecycleResults;

/** What became of one standing pull request in one night, as records carry it. */
export type StandingOutcome = {
  readonly number: number;
  readonly branch: string;
  readonly url: string;
  readonly result: LifecycleResult;
  /** In words, for people. */
  readonly because: string;
  /** What was done about it, in order; in a dry night what would have been done. */
  readonly done: readonly string[];
  readonly candidates: readonly CandidateId[];
};

/** What the ledger is to keep of a standing pull request. */
export type Remembered = {
  readonly kind: "remember";
  /** `kept`: a person said no. `rested`: nobody answered. `culprit`: a check is red. `muted`: it was taken back. */
  readonly answer: "kept" | "snoozed" | "rested" | "culprit" | "muted";
  readonly candidates: readonly CandidateId[];
  readonly because: string;
  /** The login of the person, where one is known. */
  readonly by: string | null;
  readonly source: "label" | "comment" | "closed-pull-request" | "checks" | "night";
  /** Of the pull request. */
  readonly url: string;
  /** A date, where it is for a time only. */
  readonly until: string | null;
  /** The rules of the policy that are muted. */
  readonly rules: readonly string[];
};

/** The label that tells, on a pull request that we closed, which result closed it. */
export function closingLabel(result: LifecycleResult): string {
  return `nightsweep:${result}`;
}

/** The result that closed a pull request, by its labels; null: it was not us. */
export function closingResult(labels: readonly string[]): LifecycleResult | null {
  return closings.find((result) => labels.includes(closingLabel(result))) ?? null;
}

/** The results with which we close a pull request ourselves. */
const closings = [
  "fixed-by-others",
  "superseded",
  "withdrawn",
  "unsafe",
  "ci-failed",
  "snoozed",
  "expired",
  "kept-by-label",
  "kept-by-comment",
] as const satisfies readonly LifecycleResult[];

/** How long what we closed ourselves is not proposed again: for good (while the code is the same), for days, not at all. */
const rests = {
  "fixed-by-others": 0,
  superseded: 0,
  withdrawn: 0,
  unsafe: Infinity,
  "ci-failed": Infinity,
  snoozed: 30,
  expired: 90,
  "kept-by-label": Infinity,
  "kept-by-comment": Infinity,
} as const satisfies Record<(typeof closings)[number], number>;

/**
 * Whether a closed pull request still speaks for its candidates. One that a person closed does; of ours it depends on why.
 * The ledger may know a longer rest: this is what can be told when it is lost.
 */
export function stillSpeaks(
  { labels, closedAt }: { readonly labels: readonly string[]; readonly closedAt: string | null },
  now: string,
): boolean {
  const result = closings.find((one) => labels.includes(closingLabel(one)));
  if (result === undefined) return true;
  const days = rests[result];
  if (days === 0 || days === Infinity || closedAt === null) return days > 0;
  return Date.parse(now) < Date.parse(closedAt) + days * 86_400_000;
}
