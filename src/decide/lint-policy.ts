import type { Layer } from "../core/policy-layers.ts";
import type { Policy, PolicyRule } from "../core/policy-schema.ts";
import { actions, assuranceLevels, exposures, lowerAction, type Action } from "../core/policy.ts";

/** Something about a policy that its owner may not have meant. `dead`: a rule that never decides; `moot`: without effect. */
export type PolicyNote = { readonly kind: "dead" | "moot"; readonly place: string; readonly text: string };

type Match = PolicyRule["match"];

/**
 * Finds rules that can never decide and values that do nothing, in one layer by itself. A rule that several earlier ones
 * cover only together is not seen.
 */
export function lintLayer(layer: Layer): readonly PolicyNote[] {
  return layer.rules.flatMap((rule, index): readonly PolicyNote[] => {
    const place = layer.origins[`rules.${rule.id}`] ?? `rules.${rule.id}`;
    const shadow = layer.rules.slice(0, index).find((earlier) => covers(earlier, rule));
    if (shadow !== undefined) {
      const from = layer.origins[`rules.${shadow.id}`];
      const where = from === undefined ? "" : ` (${from})`;
      return [
        {
          kind: "dead",
          place,
          text: `the rule ${rule.id} can never match: ${shadow.id}${where} takes all of it before`,
        },
      ];
    }
    if (lowerAction(rule.action, layer.ceiling) === rule.action) return [];
    const text = `the rule ${rule.id} says ${rule.action}, but the ceiling is ${layer.ceiling}`;
    return [{ kind: "moot", place, text }];
  });
}

/** Finds what a narrower layer says in vain, since the ones before it allow less already. */
export function lintNarrower(layer: Layer, above: Pick<Policy, "limits" | "ceiling" | "trust">): readonly PolicyNote[] {
  const note = (key: string, own: unknown, theirs: unknown): PolicyNote => ({
    kind: "moot",
    place: layer.origins[key] ?? layer.name,
    text: `${key}: ${String(own)} widens nothing; ${String(theirs)} is in force above`,
  });
  const limits = Object.entries(above.limits).flatMap(([key, theirs]) => {
    const own = Object.entries(layer.limits).find(([name]) => name === key)?.[1];
    return own !== undefined && own > theirs ? [note(`limits.${key}`, own, theirs)] : [];
  });
  const isCeilingWider = "ceiling" in layer.origins && lowerAction(layer.ceiling, above.ceiling) !== layer.ceiling;
  const { demoteBelow } = layer.trust;
  return [
    ...limits,
    ...(isCeilingWider ? [note("ceiling", layer.ceiling, above.ceiling)] : []),
    ...(demoteBelow !== undefined && demoteBelow < above.trust.demoteBelow
      ? [note("trust.demoteBelow", demoteBelow, above.trust.demoteBelow)]
      : []),
    ...(layer.trust.over === undefined ? [] : [note("trust.over", layer.trust.over, "the operator's")]),
  ];
}

/** Finds rules that ask what production runs where nobody says where that stands. */
export function lintProduction({ rules, origins }: Layer): readonly PolicyNote[] {
  return rules.flatMap(({ id, match: { unusedInProductionDays } }): readonly PolicyNote[] => {
    if (unusedInProductionDays === undefined) return [];
    const key = `rules.${id}`;
    const text = `the rule ${id} asks what production runs, but no repository of the configuration says where its data is (repositories[].production)`;
    return [{ kind: "moot", place: origins[key] ?? key, text }];
  });
}

/** How each key of an earlier rule must stand to that of a later one for whatever the later one matches to match it. */
const coverings = {
  category: (earlier, later) => isPartOf(later, earlier),
  minAgeDays: (earlier, later) => earlier <= later,
  minDeadDays: (earlier, later) => earlier <= later,
  unusedInProductionDays: (earlier, later) => earlier <= later,
  minAssurance: (earlier, later) => assuranceLevels.indexOf(earlier) <= assuranceLevels.indexOf(later),
  maxExposure: (earlier, later) => exposures.indexOf(earlier) >= exposures.indexOf(later),
  maxLines: (earlier, later) => earlier >= later,
  maxFiles: (earlier, later) => earlier >= later,
} as const satisfies {
  readonly [Key in keyof Match]?: (earlier: NonNullable<Match[Key]>, later: NonNullable<Match[Key]>) => boolean;
};

function covers(earlier: PolicyRule, later: PolicyRule): boolean {
  return Object.keys(earlier.match).every((key) => coversKey(key, earlier, later));
}

/** A key that is not known here covers only itself. */
function coversKey(key: string, earlier: PolicyRule, later: PolicyRule): boolean {
  const { match: one } = earlier;
  const { match: other } = later;
  switch (key) {
    case "category":
      return both(one.category, other.category, coverings.category);
    case "minAgeDays":
      return both(one.minAgeDays, other.minAgeDays, coverings.minAgeDays);
    case "minDeadDays":
      return both(one.minDeadDays, other.minDeadDays, coverings.minDeadDays);
    case "unusedInProductionDays":
      return both(one.unusedInProductionDays, other.unusedInProductionDays, coverings.unusedInProductionDays);
    case "minAssurance":
      return both(one.minAssurance, other.minAssurance, coverings.minAssurance);
    case "maxExposure":
      return both(one.maxExposure, other.maxExposure, coverings.maxExposure);
    case "maxLines":
      return both(one.maxLines, other.maxLines, coverings.maxLines);
    case "maxFiles":
      return both(one.maxFiles, other.maxFiles, coverings.maxFiles);
    case "paths":
      return coversGlobs([one.paths, earlier.action], [other.paths, later.action]);
    case "packages":
      return coversGlobs([one.packages, earlier.action], [other.packages, later.action]);
    default:
      return JSON.stringify(valueAt(one, key)) === JSON.stringify(valueAt(other, key));
  }
}

function both<Value>(
  earlier: Value | undefined,
  later: Value | undefined,
  holds: (earlier: Value, later: Value) => boolean,
): boolean {
  return earlier === undefined || (later !== undefined && holds(earlier, later));
}

type Globs = readonly [globs: readonly string[] | undefined, action: Action];

/** A rule that lets through asks for all of a candidate's places, one that holds back for one of them. */
function coversGlobs([earlier, earlierAction]: Globs, [later, laterAction]: Globs): boolean {
  if (earlier === undefined) return true;
  if (later === undefined || (letsThrough(earlierAction) && !letsThrough(laterAction))) return false;
  if (JSON.stringify(earlier) === JSON.stringify(later)) return true;
  return ![...earlier, ...later].some((glob) => glob.startsWith("!")) && isPartOf(later, earlier);
}

function letsThrough(action: Action): boolean {
  return actions.indexOf(action) > actions.indexOf("report");
}

function isPartOf(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((item) => whole.includes(item));
}

function valueAt(match: Match, key: string): unknown {
  return Object.entries(match).find(([name]) => name === key)?.[1];
}
