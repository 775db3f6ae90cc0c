import { restrain } from "../core/autonomy.ts";
import type { Candidate } from "../core/candidate.ts";
import { isListedOwner } from "../core/codeowners.ts";
import { compileGlobs } from "../core/globs.ts";
import type { RepoPath } from "../core/names.ts";
import type { EffectivePolicy, Layer } from "../core/policy-layers.ts";
import type { Policy, PolicyRule } from "../core/policy-schema.ts";
import { lowerAction, type Action, type Decision } from "../core/policy.ts";
import { findMismatch, type Facts, type Mismatch } from "./match.ts";

/** What a layer is asked: all that decides over one candidate. */
export type LayerRules = Pick<Layer, "protect" | "rules" | "ceiling" | "defaultAction">;

/** One rule that was tried, and why it does not match; null when it does. */
type TriedRule = { readonly rule: PolicyRule; readonly mismatch: Mismatch | null };

/** What one layer says of a candidate: the rules that were tried in order, the last of which decided if it matches. */
export type LayerVerdict = Decision & { readonly tried: readonly TriedRule[] };

/**
 * What the operator's policy and every narrower layer say together: the most careful of them, the first of equals, held
 * back by the schedules and by what the operator's rule has earned.
 */
export function evaluate(facts: Facts, policy: EffectivePolicy): Decision {
  const own = plain(evaluateLayer(facts, policy));
  let strictest = own;
  for (const layer of policy.layers ?? []) {
    const { action, rule, because } = evaluateLayer(facts, layer);
    if (lowerAction(action, strictest.action) === strictest.action) continue;
    strictest = { action, rule: `${layer.kind}/${rule}`, because: `${layer.name}: ${because}` };
  }
  const restrained = policy.restraint === undefined ? null : restrain(strictest.action, own.rule, policy.restraint);
  return restrained ?? strictest;
}

/** `protect` wins, else the first rule that matches decides, else the default, never above the ceiling. */
export function evaluateLayer(facts: Facts, layer: LayerRules): LayerVerdict {
  const protectedBy = findProtection(facts.candidate, layer.protect);
  if (protectedBy !== null) return { action: "ignore", rule: "protect", because: protectedBy, tried: [] };
  const tried: TriedRule[] = [];
  for (const rule of layer.rules) {
    const mismatch = findMismatch(rule, facts);
    tried.push({ rule, mismatch });
    if (mismatch === null) return { ...underCeiling(rule.action, rule.id, reasonOf(rule), layer), tried };
  }
  const misses = tried.flatMap(({ rule, mismatch }) =>
    mismatch?.isNear === true ? [`${rule.id}: ${mismatch.text}`] : [],
  );
  const because = misses.length === 0 ? "no rule is about it" : `no rule matches (${misses.join("; ")})`;
  return { ...underCeiling(layer.defaultAction, "default", because, layer), tried };
}

function plain({ action, rule, because }: LayerVerdict): Decision {
  return { action, rule, because };
}

function findProtection(candidate: Candidate, protect: Policy["protect"]): string | null {
  return (
    protectedPath(candidate, protect.paths) ??
    protectedSymbol(candidate, protect.symbols) ??
    protectedOwner(candidate, protect.owners) ??
    protectedPackage(candidate, protect.packages)
  );
}

function protectedPath({ members, edits }: Candidate, globs: Policy["protect"]["paths"]): string | null {
  if (globs === undefined) return null;
  const isProtected = compileGlobs(globs);
  const files: readonly RepoPath[] = [...members, ...edits].map(({ file }) => file);
  const file = files.find((one) => isProtected(one));
  return file === undefined ? null : `${file} is protected`;
}

/** A member has a name path, and is protected by its own name or by all of it. */
function protectedSymbol({ subject, members }: Candidate, globs: Policy["protect"]["symbols"]): string | null {
  if (globs === undefined) return null;
  const isProtected = compileGlobs(globs);
  const names = [subject, ...members].map(({ name }) => name);
  const found = names.find((name) => isProtected(name) || isProtected(name.slice(name.lastIndexOf(".") + 1)));
  return found === undefined ? null : `the name ${found} is protected`;
}

function protectedOwner({ owners }: Candidate, listed: Policy["protect"]["owners"]): string | null {
  const owner = owners.find((one) => isListedOwner(one, listed ?? []));
  return owner === undefined ? null : `it belongs to ${owner}, and what is theirs is protected`;
}

function protectedPackage({ packages }: Candidate, globs: Policy["protect"]["packages"]): string | null {
  if (globs === undefined) return null;
  if (packages === undefined) return "its package is not known, and some packages are protected";
  const isProtected = compileGlobs(globs);
  const name = packages.find((one) => isProtected(one));
  return name === undefined ? null : `the package ${name} is protected`;
}

function reasonOf({ id, because }: PolicyRule): string {
  return because === undefined ? `the rule ${id} matches` : because.replace(/\.$/, "");
}

function underCeiling(action: Action, rule: string, because: string, { ceiling }: LayerRules): Decision {
  const allowed = lowerAction(action, ceiling);
  if (allowed === action) return { action, rule, because };
  return { action: allowed, rule, because: `${because}, but the policy's ceiling is ${ceiling}` };
}
