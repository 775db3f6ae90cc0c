import type { Candidate } from "../core/candidate.ts";
import type { CandidateId } from "../core/names.ts";
import { assuranceLevels } from "../core/policy.ts";
import type { ForgeSettings, ObservedPullRequest } from "./standing-port.ts";

/** People look at the first ones of a repository themselves, whatever the policy says. */
const firstOnes = 10;

const notAsked = "nobody asked";
const notAllowed = "the policy does not let all of it merge itself";

/** For people who have asked for automerge: what else is in its way; null where nobody did, or nothing is. */
export function unexpectedHindrance(hindrance: string | null): string | null {
  return hindrance === notAsked || hindrance === notAllowed ? null : hindrance;
}

/** What decides about automerge. */
export type AutomergeQuestion = {
  readonly observed: ObservedPullRequest;
  /** All pull requests of ours in the repository. */
  readonly all: readonly ObservedPullRequest[];
  /** Its candidates as they were found tonight. */
  readonly candidates: readonly Candidate[];
  /** null: not asked. */
  readonly settings: ForgeSettings | null;
  /** Candidates that the policy lets merge themselves. */
  readonly allowed: ReadonlySet<CandidateId>;
  /** The checks of the forge are its test run, and they are green. */
  readonly isTestedByForge: boolean;
};

/**
 * Why a pull request may not merge itself; null when policy, assurance and branch protection all allow it. The floor under
 * every policy: no automerge without required checks, of anything public, below `tested`, or among the first ten of a
 * repository. Its assurance is what we wrote into it: whoever may change that may merge it as well.
 */
export function automergeHindrance(question: AutomergeQuestion): string | null {
  const { observed, all, candidates, settings, allowed, isTestedByForge } = question;
  const { metadata } = observed;
  if (settings === null || metadata === null) return notAsked;
  const ids = metadata.candidates;
  if (ids.length === 0 || !ids.every((id) => allowed.has(id))) return notAllowed;
  if (candidates.length < ids.length) return "not all of it is found tonight";
  if (candidates.some(({ exposure }) => exposure === "public")) return "a part of it is public";
  const { assurance = "suspected" } = metadata;
  const least = isTestedByForge ? "static" : "tested";
  if (assuranceLevels.indexOf(assurance) < assuranceLevels.indexOf(least)) return `it is no more than ${assurance}`;
  const earlier = all.filter(({ number }) => number < observed.number).length;
  if (earlier < firstOnes) return `it is among the first ${firstOnes} pull requests of nightsweep here`;
  return hindranceBySettings(settings);
}

function hindranceBySettings({ requiredChecks, autoMerge, mergeQueue }: ForgeSettings): string | null {
  if (requiredChecks.length === 0) return "the base branch requires no checks";
  return autoMerge || mergeQueue ? null : "the repository allows no auto-merge and has no merge queue";
}
