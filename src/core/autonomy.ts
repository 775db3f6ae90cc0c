import { lowerAction, type Action } from "./policy.ts";

/** How far a rule may go in a repository, from least to most; `shadow`: it is decided and recorded, and nobody is told. */
export const autonomyLevels = ["shadow", "report", "propose", "automerge"] as const;
export type Autonomy = (typeof autonomyLevels)[number];

/** That a rule, or `*` for the whole repository, may go so far from then on. The last one counts. */
export type Grant = {
  readonly rule: string;
  readonly level: Autonomy;
  readonly at: string;
  /** The person who confirmed it, or `nightsweep` for a demotion. */
  readonly who: string;
  readonly why: string;
};

/** What holds all layers back tonight. */
export type Restraint = {
  /** Why the schedule allows nothing now. */
  readonly closed: string | null;
  readonly grants: readonly Grant[];
};

/** A rule proposes from the beginning; to merge by itself it must have earned that. */
const firstLevel: Autonomy = "propose";

/** The level of a rule and what it comes from: its own grant or that of the repository, whichever allows less. */
export function levelOf(
  grants: readonly Grant[],
  rule: string,
): { readonly level: Autonomy; readonly grant: Grant | null } {
  const own = grants.findLast((grant) => grant.rule === rule) ?? null;
  const repository = grants.findLast((grant) => grant.rule === "*") ?? null;
  const level = own?.level ?? firstLevel;
  if (repository === null || rankOf(level) <= rankOf(repository.level)) return { level, grant: own };
  return { level: repository.level, grant: repository };
}

/** The most that a level allows. */
function actionOf(level: Autonomy): Action {
  return level === "shadow" ? "ignore" : level;
}

/** One level less, but never into the shadow: a person must see what was demoted. */
export function demoted(level: Autonomy): Autonomy {
  return level === "automerge" ? "propose" : "report";
}

/** One level more. */
export function promoted(level: Autonomy): Autonomy {
  return autonomyLevels[rankOf(level) + 1] ?? level;
}

/** Whether one level allows less than another. */
export function allowsLess(one: Autonomy, other: Autonomy): boolean {
  return rankOf(one) < rankOf(other);
}

/** What is left of an action under a restraint, and why; null when it stays. */
export function restrain(
  action: Action,
  rule: string,
  { closed, grants }: Restraint,
): { readonly action: Action; readonly rule: string; readonly because: string } | null {
  const { level, grant } = levelOf(grants, rule);
  const allowed = lowerAction(action, actionOf(level));
  if (closed !== null && lowerAction(allowed, "report") !== allowed)
    return { action: lowerAction(allowed, "report"), rule: "schedule", because: closed };
  if (allowed === action) return null;
  const why = grant === null ? "it has not earned more yet" : `${grant.who}, ${grant.at.slice(0, 10)}: ${grant.why}`;
  return { action: allowed, rule: "autonomy", because: `the rule ${rule} may only ${level} here: ${why}` };
}

function rankOf(level: Autonomy): number {
  return autonomyLevels.indexOf(level);
}
