import type { Point } from "../core/backtest.ts";
import type { Candidate } from "../core/candidate.ts";
import type { Alarm } from "../core/marking.ts";
import type { Policy } from "../core/policy-schema.ts";
import { actions } from "../core/policy.ts";
import { decide } from "../decide/decide.ts";

/** A policy as it is written, or with one age in all its rules that let something through. */
export type Variant = { readonly name: string; /** null: as it is written. */ readonly age: number | null };

/** The ages that are tried. */
const ages = [0, 7, 14, 30, 60, 90, 180, 365] as const;

/** All that a backtest compares. One look at a point serves all, since the age is a property of a candidate there. */
export const variants: readonly Variant[] = [
  ...ages.map((age) => ({ name: `minAgeDays ${age}`, age })),
  { name: "as written", age: null },
];

/**
 * What each variant would propose at a point. Nothing is checked in a backtest, so a candidate counts as proposed when it
 * would have been tried; limits do not count, since what one night leaves the next one takes; and that a configuration
 * does not load says nothing where no package is installed.
 */
export function proposeAt(policy: Policy): (point: Point) => ReadonlyMap<string, readonly Candidate[]> {
  const policies = variants.map(({ name, age }) => [name, age === null ? policy : withAge(policy, age)] as const);
  return ({ candidates, alarms }) => {
    const standing = alarms.filter(isTelling);
    return new Map(
      policies.map(([name, variant]) => [name, proposed(candidates, decide(candidates, variant, standing))]),
    );
  };
}

/** Whether an alarm means the same without installed packages. */
export function isTelling({ kind }: Alarm): boolean {
  return kind !== "config-not-loaded";
}

function withAge(policy: Policy, age: number): Policy {
  const rules = policy.rules.map((rule) =>
    isProposal(rule.action) ? { ...rule, match: { ...rule.match, minAgeDays: age } } : rule,
  );
  return { ...policy, rules };
}

function isProposal(action: Policy["ceiling"]): boolean {
  return actions.indexOf(action) >= actions.indexOf("propose");
}

function proposed(candidates: readonly Candidate[], decisions: ReturnType<typeof decide>): readonly Candidate[] {
  const wanted = new Set(decisions.filter(({ action }) => isProposal(action)).map(({ id }) => id));
  return candidates.filter(({ id }) => wanted.has(id));
}
