import type { Candidate } from "../core/candidate.ts";
import type { EffectivePolicy } from "../core/policy-layers.ts";
import type { AssuranceLevel } from "../core/policy.ts";
import { reachableAssurance } from "./decide.ts";
import { evaluate, evaluateLayer, type LayerRules } from "./evaluate.ts";

/** Why a candidate is decided over as it is: each layer, rule by rule, then what they come to together. */
export function explainDecision(candidate: Candidate, policy: EffectivePolicy): readonly string[] {
  const assurance = reachableAssurance(candidate);
  const layers: readonly (LayerRules & { readonly name: string; readonly kind: string })[] = [
    { ...policy, kind: "operator" },
    ...(policy.layers ?? []),
  ];
  const { action, rule, because } = evaluate({ candidate, assurance }, policy);
  return [
    factsOf(candidate, assurance),
    ...layers.flatMap((layer) => explainLayer(candidate, assurance, layer)),
    `together: ${action} by ${rule}: ${because}`,
  ];
}

function explainLayer(
  candidate: Candidate,
  assurance: AssuranceLevel,
  layer: LayerRules & { readonly name: string; readonly kind: string },
): readonly string[] {
  const verdict = evaluateLayer({ candidate, assurance }, layer);
  return [
    `${layer.kind} ${layer.name}: ${verdict.action} by ${verdict.rule}: ${verdict.because}`,
    ...verdict.tried.map(({ rule, mismatch }) => `  ${rule.id}: ${mismatch === null ? "matches" : mismatch.text}`),
  ];
}

function factsOf({ id, ageDays, exposure, owners, size, packages = [] }: Candidate, assurance: AssuranceLevel): string {
  const known = [
    ageDays === null ? "age not known" : `${ageDays} days old`,
    exposure,
    assurance === "suspected" ? "suspected, and no check lifts that" : "static, and the checks may lift it to proven",
    `${size.linesRemoved + size.linesAdded} lines in ${size.files} files`,
    ...(owners.length === 0 ? [] : [`of ${owners.join(" ")}`]),
    ...(packages.length === 0 ? [] : [`in ${packages.join(", ")}`]),
  ];
  return `${id}: ${known.join(", ")}`;
}
