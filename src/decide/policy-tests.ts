import type { Candidate } from "../core/candidate.ts";
import { candidateId } from "../core/names.ts";
import type { EffectivePolicy } from "../core/policy-layers.ts";
import type { PolicyTest } from "../core/policy-test.ts";
import type { AssuranceLevel } from "../core/policy.ts";
import { reachableAssurance } from "./decide.ts";
import { evaluate } from "./evaluate.ts";

/** Why a test of a policy fails; null when it passes. */
export function failureOf(test: PolicyTest, policy: EffectivePolicy): string | null {
  const { assurance } = test.given;
  const { action, rule, because } = evaluate({ candidate: candidateOf(test.given), assurance }, policy);
  if (action === test.expect && (test.rule === undefined || rule === test.rule)) return null;
  const wanted = test.rule === undefined ? test.expect : `${test.expect} by ${test.rule}`;
  return `${test.name}: expected ${wanted}, got ${action} by ${rule}: ${because}`;
}

/** A test that holds what is decided over a candidate today. */
export function policyTestOf(candidate: Candidate, policy: EffectivePolicy): PolicyTest {
  const { category, subject, ageDays, exposure, packages, owners, size, deadFor, production } = candidate;
  const assurance: AssuranceLevel = reachableAssurance(candidate) === "suspected" ? "suspected" : "tested";
  const given = {
    ...{ category, file: subject.file, name: subject.name, ageDays, exposure, assurance, owners: [...owners] },
    ...{ lines: size.linesRemoved + size.linesAdded, files: size.files },
    ...(packages === undefined ? {} : { packages: [...packages] }),
    ...(deadFor === undefined ? {} : { deadDays: deadFor.days }),
    ...(production?.kind === "unused" ? { unusedInProductionDays: production.days } : {}),
  };
  const { action, rule } = evaluate({ candidate: candidateOf(given), assurance }, policy);
  return { name: `${category} ${subject.name} in ${subject.file}`, given, expect: action, rule };
}

/** Policies ask how many days, not which. */
const aDay = "2026-01-01";

function candidateOf(given: PolicyTest["given"]): Candidate {
  const { category, file, name, ageDays, exposure, assurance, packages, owners, lines, files } = given;
  const { deadDays, unusedInProductionDays } = given;
  const place = { file, name, line: 1 };
  return {
    ...{ id: candidateId(`${category}:test:0`), pass: category, category, subject: place },
    ...{ members: [{ ...place, endLine: 1 }], evidence: [], ambiguous: [], edits: [], requires: [] },
    ...{ exposure, ageDays, lastTouched: null, owners },
    ...(packages === undefined ? {} : { packages }),
    ...(deadDays === undefined ? {} : { deadFor: { since: aDay, days: deadDays } }),
    ...(unusedInProductionDays === undefined
      ? {}
      : { production: { kind: "unused", days: unusedInProductionDays, since: aDay, until: aDay } }),
    assurance: assurance === "suspected" ? "suspected" : "static",
    size: { files, linesRemoved: lines, linesAdded: 0 },
  };
}
