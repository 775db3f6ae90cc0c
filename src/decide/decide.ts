import type { Candidate } from "../core/candidate.ts";
import type { CanaryAnswer } from "../core/check.ts";
import { lacksRoots, type Alarm } from "../core/marking.ts";
import type { CandidateId } from "../core/names.ts";
import type { EffectivePolicy } from "../core/policy-layers.ts";
import { assuranceLevels, lowerAction, type AssuranceLevel, type Decision } from "../core/policy.ts";
import { evaluate } from "./evaluate.ts";
import { observationInWords } from "./facts-in-words.ts";

/**
 * Decides what happens to each candidate before anything was checked, as the strictest of all layers has it; any alarm of
 * the repository allows a report at most. A rule that asks for more than `static` counts as met by a candidate that the
 * checks may still lift there: `decideVerified` has the last word.
 */
export function decide(
  candidates: readonly Candidate[],
  policy: EffectivePolicy,
  alarms: readonly Alarm[],
): readonly (Decision & { readonly id: CandidateId })[] {
  return candidates.map((candidate) => {
    const decision = evaluate({ candidate, assurance: reachableAssurance(candidate) }, policy);
    const allowed = underAlarms(unlessRun(decision, candidate), alarmsAbout(candidate, alarms));
    return { id: candidate.id, ...unlessBroken(allowed, candidate) };
  });
}

/** What production runs is used, whatever the mark says: it is shown, and nothing takes it away. */
export function unlessRun(decision: Decision, { production }: Candidate): Decision {
  const action = lowerAction(decision.action, "report");
  if (production?.kind !== "ran" || action === decision.action) return decision;
  return { action, rule: "production", because: `${observationInWords(production)}, so something uses it` };
}

/** What would leave a broken tree is never tried, whatever a policy says, and neither is a question. */
function unlessBroken(decision: Decision, { broken, category }: Candidate): Decision {
  const action = lowerAction(decision.action, "report");
  if (category === "one-sided-fix" && action !== decision.action)
    return { action, rule: "question", because: "it is a question: only a person can say what is right there" };
  return broken === undefined || action === decision.action ? decision : { action, rule: "broken", because: broken };
}

/** Decides again with what the checks have shown. An ambiguous root keeps a candidate `suspected` whatever they say. */
export function decideVerified(
  candidate: Candidate,
  shown: { readonly assurance: AssuranceLevel; readonly canary: CanaryAnswer },
  policy: EffectivePolicy,
): Decision {
  const assurance = isSuspected(candidate) ? "suspected" : shown.assurance;
  return evaluate({ candidate, assurance, canary: shown.canary }, policy);
}

/** How far the checks may lift a candidate. */
export function reachableAssurance(candidate: Candidate): AssuranceLevel {
  return isSuspected(candidate) ? "suspected" : "proven";
}

function isSuspected({ assurance, ambiguous }: Candidate): boolean {
  return assurance === assuranceLevels[0] || ambiguous.length > 0;
}

/** That entries are missing, or their configuration does not load, is no reason not to add entries. */
function alarmsAbout({ category }: Candidate, alarms: readonly Alarm[]): readonly Alarm[] {
  if (category !== "missing-entry") return alarms;
  return alarms.filter((alarm) => !lacksRoots([alarm]) && alarm.kind !== "config-not-loaded");
}

function underAlarms(decision: Decision, alarms: readonly Alarm[]): Decision {
  const action = lowerAction(decision.action, "report");
  if (alarms.length === 0 || action === decision.action) return decision;
  return { action, rule: "alarm", because: alarms.map(({ text }) => text).join("; ") };
}
