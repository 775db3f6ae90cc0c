import type { Candidate } from "../core/candidate.ts";
import type { ForgeTests } from "../core/check.ts";
import type { LifecycleResult, Remembered } from "../core/lifecycle.ts";
import type { PullRequestMetadata } from "../core/metadata.ts";
import type { CandidateId, NightId } from "../core/names.ts";
import type { ObservedPullRequest } from "./standing-port.ts";

/** What is to be done about a standing pull request, in order. Nothing here has happened yet. */
export type Action =
  | { readonly kind: "mark-ready" }
  | { readonly kind: "request-review" }
  | { readonly kind: "close" }
  | { readonly kind: "label"; readonly label: string }
  | { readonly kind: "comment"; readonly topic: string; readonly text: string }
  | { readonly kind: "delete-branch"; readonly expected: string }
  | {
      readonly kind: "remake";
      readonly candidates: readonly CandidateId[];
      readonly round: number;
      readonly expected: string;
    }
  | { readonly kind: "arm-automerge"; readonly head: string }
  | Remembered;

/** What a night makes of one standing pull request. */
export type Verdict = {
  readonly result: LifecycleResult;
  readonly because: string;
  readonly actions: readonly Action[];
};

/** How making it anew ended, once the checks have run. */
export type Trial =
  /** What of it survived; the rest broke a check. */
  | { readonly kind: "survived"; readonly candidates: readonly CandidateId[] }
  | { readonly kind: "broke"; readonly check: string }
  | { readonly kind: "untested"; readonly limit: string };

/** What the night knows besides what the forge says. */
export type Tonight = {
  readonly night: NightId;
  /** ISO 8601. */
  readonly now: string;
  /** All that was found; null where the footing is bad, so that what is missing says nothing. */
  readonly found: readonly Candidate[] | null;
  /** Candidates that policies or people do not let go tonight, with the reason. */
  readonly refusals: ReadonlyMap<CandidateId, string>;
  /** Other pull requests of ours that stand or were merged, by candidate. */
  readonly elsewhere: ReadonlyMap<CandidateId, readonly number[]>;
  /** The candidates that the red checks accuse by name. */
  readonly accused: ReadonlySet<CandidateId>;
  /** How making it anew went; `planned`: that is still to be tried; undefined: it is not tried tonight. */
  readonly trial: Trial | "planned" | undefined;
  /** The checks of the forge that are the test run; null: the tests ran here. */
  readonly forgeTests: ForgeTests | null;
  /** Why it may not merge itself; null: it may. */
  readonly automergeHindrance: string | null;
  readonly patience: Patience;
};

/** How long nightsweep waits for people. */
export type Patience = {
  readonly remindAfterDays: number;
  /** After the last word or the reminder. */
  readonly expireAfterDays: number;
  /** How long what nobody answered is not proposed again. */
  readonly restDays: number;
  /** Versions of one pull request that the repository's own checks are asked about. */
  readonly ciRounds: number;
};

/** One question about a standing pull request that is ours and open; null: it does not decide, ask the next one. */
export type Gate = (standing: Standing, tonight: Tonight) => Verdict | null;

/** An open pull request that is still as we left it, and what of it is still wanted. */
export type Standing = {
  readonly observed: ObservedPullRequest;
  readonly metadata: PullRequestMetadata;
  /** The tip of its branch, which is ours. */
  readonly head: string;
  /** Of its candidates: still found and not refused. */
  readonly wanted: readonly CandidateId[];
  readonly refused: readonly CandidateId[];
};

const dayMs = 86_400_000;

/** Days between two moments, as a fraction. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}

/** The date that is some days after a moment. */
export function dateAfter(from: string, days: number): string {
  return new Date(Date.parse(from) + days * dayMs).toISOString().slice(0, 10);
}

/** An entry for the ledger; what is left out is unknown. */
export function remember(
  answer: Remembered["answer"],
  candidates: readonly CandidateId[],
  rest: Pick<Remembered, "because" | "source" | "url"> & Partial<Pick<Remembered, "by" | "until" | "rules">>,
): Remembered {
  return { kind: "remember", answer, candidates, by: null, until: null, rules: [], ...rest };
}
