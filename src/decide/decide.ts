import type { Candidate } from "../core/candidate.ts";
import { compileGlobs } from "../core/globs.ts";
import { lacksRoots, type Alarm } from "../core/marking.ts";
import type { CandidateId, RepoPath } from "../core/names.ts";
import type { Policy, PolicyRule } from "../core/policy-schema.ts";
import { actions, assuranceLevels, type Action, type AssuranceLevel, type Decision } from "../core/policy.ts";
import { findMismatch, type Facts } from "./match.ts";

/**
 * Decides what happens to each candidate before anything was checked: `protect` wins, else the first rule that matches,
 * else the default, never above the ceiling; any alarm of the repository allows a report at most. A rule that asks for
 * more than `static` counts as met by a candidate that the checks may still lift there: `decideVerified` has the last
 * word.
 */
export function decide(
  candidates: readonly Candidate[],
  policy: Policy,
  alarms: readonly Alarm[],
): readonly (Decision & { readonly id: CandidateId })[] {
  return candidates.map((candidate) => {
    const reachable = isSuspected(candidate) ? "suspected" : "proven";
    const decision = evaluate({ candidate, assurance: reachable }, policy);
    return { id: candidate.id, ...underAlarms(decision, alarmsAbout(candidate, alarms)) };
  });
}

/** Decides again with what the checks have shown. An ambiguous root keeps a candidate `suspected` whatever they say. */
export function decideVerified(candidate: Candidate, assurance: AssuranceLevel, policy: Policy): Decision {
  return evaluate({ candidate, assurance: isSuspected(candidate) ? "suspected" : assurance }, policy);
}

function isSuspected({ assurance, ambiguous }: Candidate): boolean {
  return assurance === assuranceLevels[0] || ambiguous.length > 0;
}

function evaluate(facts: Facts, policy: Policy): Decision {
  const protectedBy = findProtection(facts.candidate, policy);
  if (protectedBy !== null) return { action: "ignore", rule: "protect", because: protectedBy };
  const misses: string[] = [];
  for (const rule of policy.rules) {
    const mismatch = findMismatch(rule, facts);
    if (mismatch === null) return underCeiling(rule.action, rule.id, reasonOf(rule), policy);
    if (mismatch.isNear) misses.push(`${rule.id}: ${mismatch.text}`);
  }
  const because = misses.length === 0 ? "no rule is about it" : `no rule matches (${misses.join("; ")})`;
  return underCeiling(policy.defaultAction, "default", because, policy);
}

function findProtection({ members, edits, packages }: Candidate, { protect }: Policy): string | null {
  if (protect.paths !== undefined) {
    const isProtected = compileGlobs(protect.paths);
    const files: readonly RepoPath[] = [...members, ...edits].map(({ file }) => file);
    const file = files.find((one) => isProtected(one));
    if (file !== undefined) return `${file} is protected`;
  }
  if (protect.packages === undefined) return null;
  if (packages === undefined) return "its package is not known, and some packages are protected";
  const isProtected = compileGlobs(protect.packages);
  const name = packages.find((one) => isProtected(one));
  return name === undefined ? null : `the package ${name} is protected`;
}

function reasonOf({ id, description }: PolicyRule): string {
  return description === undefined ? `the rule ${id} matches` : description.replace(/\.$/, "");
}

function underCeiling(action: Action, rule: string, because: string, { ceiling }: Policy): Decision {
  const allowed = lower(action, ceiling);
  if (allowed === action) return { action, rule, because };
  return { action: allowed, rule, because: `${because}, but the policy's ceiling is ${ceiling}` };
}

/** That entries are missing, or their configuration does not load, is no reason not to add entries. */
function alarmsAbout({ category }: Candidate, alarms: readonly Alarm[]): readonly Alarm[] {
  if (category !== "missing-entry") return alarms;
  return alarms.filter((alarm) => !lacksRoots([alarm]) && alarm.kind !== "config-not-loaded");
}

function underAlarms(decision: Decision, alarms: readonly Alarm[]): Decision {
  const action = lower(decision.action, "report");
  if (alarms.length === 0 || action === decision.action) return decision;
  return { action, rule: "alarm", because: alarms.map(({ text }) => text).join("; ") };
}

function lower(one: Action, other: Action): Action {
  return actions.indexOf(one) < actions.indexOf(other) ? one : other;
}
