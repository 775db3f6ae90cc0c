import type { Candidate } from "../core/candidate.ts";
import { isListedOwner } from "../core/codeowners.ts";
import { compileGlobs } from "../core/globs.ts";
import { counted } from "../core/markdown.ts";
import type { PolicyRule } from "../core/policy-schema.ts";
import type { CanaryAnswer } from "../core/check.ts";
import { deadTimeInWords, observationInWords } from "./facts-in-words.ts";
import { actions, assuranceLevels, exposures, type Action, type AssuranceLevel } from "../core/policy.ts";

/** What a rule is held against. */
export type Facts = {
  readonly candidate: Candidate;
  readonly assurance: AssuranceLevel;
  /** What the canary of its batch said; left out before the checks, when it is still hoped for. */
  readonly canary?: CanaryAnswer;
};

/** Why a rule does not match. It is near when the rule is about such things and only a measure keeps it from matching. */
export type Mismatch = { readonly text: string; readonly isNear: boolean };

type Match = PolicyRule["match"];
type Measure = (match: Match, facts: Facts) => string | null;

const canaryReasons = {
  noticed: "the tests noticed when a live neighbour was broken; the rule is about what they do not notice",
  missed: "the tests did not notice when a live neighbour was broken; the rule asks that they do",
  unasked: "nobody knows whether the tests notice when a live neighbour breaks; the rule asks that they do",
} as const satisfies Record<CanaryAnswer, string>;

/** Measures in the order in which they are named as a reason. */
const measures: readonly Measure[] = [
  ({ minAssurance }, { assurance, candidate }) => {
    if (minAssurance === undefined || assuranceLevels.indexOf(assurance) >= assuranceLevels.indexOf(minAssurance))
      return null;
    const [mention] = candidate.ambiguous;
    const because = mention === undefined ? "" : `, since ${mention.file}:${mention.line} may refer to it`;
    return `it is ${assurance}${because}; the rule asks for ${minAssurance}`;
  },
  ({ canaryNoticed }, { canary = "noticed" }) =>
    canaryNoticed === undefined || canaryNoticed === (canary === "noticed") ? null : canaryReasons[canary],
  ({ maxExposure }, { candidate: { exposure } }) =>
    maxExposure === undefined || exposures.indexOf(exposure) <= exposures.indexOf(maxExposure)
      ? null
      : `it is ${exposure}; the rule allows ${maxExposure}`,
  ({ minAgeDays }, { candidate: { ageDays } }) => {
    if (minAgeDays === undefined || (ageDays !== null && ageDays >= minAgeDays)) return null;
    const age = ageDays === null ? "its age is not known" : `it was touched ${counted(ageDays, "day")} ago`;
    return `${age}; the rule asks for ${counted(minAgeDays, "day")}`;
  },
  ({ minDeadDays }, { candidate: { deadFor } }) => {
    if (minDeadDays === undefined || (deadFor !== undefined && deadFor.days >= minDeadDays)) return null;
    return `${deadTimeInWords(deadFor)}; the rule asks for ${counted(minDeadDays, "day")}`;
  },
  ({ unusedInProductionDays: days }, { candidate: { production } }) => {
    if (days === undefined || (production?.kind === "unused" && production.days >= days)) return null;
    return `${observationInWords(production)}; the rule asks for ${counted(days, "day")} without a run in production`;
  },
  ({ maxLines }, { candidate: { size } }) =>
    maxLines === undefined || size.linesRemoved + size.linesAdded <= maxLines
      ? null
      : `it changes ${size.linesRemoved + size.linesAdded} lines; the rule allows ${maxLines}`,
  ({ maxFiles }, { candidate: { size } }) =>
    maxFiles === undefined || size.files <= maxFiles
      ? null
      : `it changes ${size.files} files; the rule allows ${maxFiles}`,
];

/** Says why a rule does not match, or null when it does. */
export function findMismatch(rule: PolicyRule, facts: Facts): Mismatch | null {
  const { match } = rule;
  if (match.category !== undefined && !match.category.includes(facts.candidate.category))
    return { text: `it is about other categories than ${facts.candidate.category}`, isNear: false };
  const elsewhere = findElsewhere(rule, facts.candidate);
  if (elsewhere !== null) return { text: elsewhere, isNear: false };
  const failed = measures.map((measure) => measure(match, facts)).filter((text) => text !== null);
  return failed.length === 0 ? null : { text: failed.join(" and "), isNear: true };
}

/**
 * A candidate may spread over files and packages. A rule that lets it through must be about all of them, a rule that
 * holds it back about one; what is not known counts against letting it through.
 */
function findElsewhere({ match, action }: PolicyRule, { members, packages, owners }: Candidate): string | null {
  const files = members.map(({ file }) => file);
  if (match.paths !== undefined && !holdsFor(files, match.paths, action)) return "it is about other paths";
  if (match.owners !== undefined && !belongsTo(owners, match.owners, action)) return "it is about other owners";
  if (match.packages === undefined) return null;
  if (packages === undefined) return letsThrough(action) ? "its package is not known" : null;
  return holdsFor(packages, match.packages, action) ? null : "it is about other packages";
}

function holdsFor(names: readonly string[], globs: readonly string[], action: Action): boolean {
  const matches = compileGlobs(globs);
  return letsThrough(action) ? names.every((name) => matches(name)) : names.some((name) => matches(name));
}

/** What nobody owns belongs to nobody. */
function belongsTo(owners: readonly string[], listed: readonly string[], action: Action): boolean {
  const isListed = (owner: string) => isListedOwner(owner, listed);
  return letsThrough(action) ? owners.length > 0 && owners.every(isListed) : owners.some(isListed);
}

function letsThrough(action: Action): boolean {
  return actions.indexOf(action) > actions.indexOf("report");
}
