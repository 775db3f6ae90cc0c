import type { Candidate } from "../core/candidate.ts";
import type { AssuranceLevel } from "../core/policy.ts";

const meaning = {
  suspected: "One analysis says that nothing needs them; something still mentions a name.",
  static:
    "Nothing reaches them from any root, and no text mentions their names. No check of the repository covers this.",
  compiled: "Nothing reaches them from any root, and the code compiles without them. No test covers this.",
  tested:
    "Nothing reaches them from any root, and the repository's own checks pass without them, on exactly this tree.",
  proven:
    "Nothing reaches them from any root, the checks pass without them, and the production bundles are the same bytes.",
} as const satisfies Record<AssuranceLevel, string>;

/** The same of copies, which are alive: what they did is done by the one that stays. */
const meaningOfMerges = {
  suspected: "They do the same as what stays; whether they are one thing is a matter of taste.",
  static: "All who used them use the one that stays, which does the same. No check of the repository covers this.",
  compiled:
    "All who used them use the one that stays, which does the same, and the code compiles. No test covers this.",
  tested:
    "All who used them use the one that stays, which does the same, and the repository's own checks pass, on exactly this tree.",
  proven:
    "All who used them use the one that stays, which does the same, the checks pass, and the production bundles are the same bytes.",
} as const satisfies Record<AssuranceLevel, string>;

/** Whether what goes is written elsewhere too, where it stays. */
export function areMerges(candidates: readonly Candidate[]): boolean {
  return candidates.every(({ forwards }) => forwards !== undefined);
}

/** What a level of assurance means for what goes. */
export function meaningOf(assurance: AssuranceLevel, candidates: readonly Candidate[]): string {
  return (areMerges(candidates) ? meaningOfMerges : meaning)[assurance];
}

/** Why it can go, before anything ran. */
export function groundOf(candidates: readonly Candidate[]): string {
  return areMerges(candidates)
    ? "All who used them use the one that stays, which does the same"
    : "Nothing reaches them from any root";
}
