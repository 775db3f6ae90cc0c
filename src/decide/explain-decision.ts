import type { Candidate } from "../core/candidate.ts";
import { counted } from "../core/markdown.ts";
import type { EffectivePolicy } from "../core/policy-layers.ts";
import type { AssuranceLevel } from "../core/policy.ts";
import { reachableAssurance, unlessRun } from "./decide.ts";
import { deadTimeInWords, observationInWords } from "./facts-in-words.ts";
import { evaluate, evaluateLayer, type LayerRules } from "./evaluate.ts";

/** Why a candidate is decided over as it is: each layer, rule by rule, then what they come to together. */
export function explainDecision(candidate: Candidate, policy: EffectivePolicy): readonly string[] {
  const assurance = reachableAssurance(candidate);
  const layers: readonly (LayerRules & { readonly name: string; readonly kind: string })[] = [
    { ...policy, kind: "operator" },
    ...(policy.layers ?? []),
  ];
  const { action, rule, because } = unlessRun(evaluate({ candidate, assurance }, policy), candidate);
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

function factsOf(candidate: Candidate, assurance: AssuranceLevel): string {
  const { id, ageDays, exposure, owners, size, packages = [], deadFor, production } = candidate;
  const known = [
    ageDays === null ? "age not known" : `${counted(ageDays, "day")} old`,
    exposure,
    assurance === "suspected" ? "suspected, and no check lifts that" : "static, and the checks may lift it to proven",
    `${counted(size.linesRemoved + size.linesAdded, "line")} in ${counted(size.files, "file")}`,
    ...(deadFor === undefined || deadFor.days === 0 ? [] : [deadTimeInWords(deadFor)]),
    ...(production === undefined ? [] : [observationInWords(production)]),
    ...(owners.length === 0 ? [] : [`of ${owners.join(" ")}`]),
    ...(packages.length === 0 ? [] : [`in ${packages.join(", ")}`]),
  ];
  return `${id}: ${known.join(", ")}`;
}
