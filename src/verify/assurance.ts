import type { Candidate } from "../core/candidate.ts";
import type { CheckRun, Proof, TreeRun } from "../core/check.ts";
import type { CandidateId } from "../core/names.ts";
import { assuranceLevels, type AssuranceLevel } from "../core/policy.ts";
import type { Baseline } from "./baseline.ts";
import { executed } from "./judge.ts";

/** The runs of the tree in which all accepted candidates were applied together. */
export function runsOf(accepted: readonly CandidateId[], trees: readonly TreeRun[]): readonly CheckRun[] {
  const wanted = new Set(accepted);
  const isWhole = ({ survived, candidates }: TreeRun) =>
    survived && candidates.length === wanted.size && candidates.every((id) => wanted.has(id));
  return trees.findLast(isWhole)?.runs ?? [];
}

/** Tests count when some ran; a type check or a build makes it `compiled`; with neither nothing was proven. */
export function assuranceOf({ proven }: Baseline): (runs: readonly CheckRun[]) => AssuranceLevel {
  const silent = proven.filter(({ baseline: { results } }) => results !== null && executed(results) === 0);
  return (runs) => {
    const counted = runs.filter(({ check }) => !silent.some((one) => one.check.name === check));
    if (counted.some(({ kind }) => kind === "test")) return "tested";
    return counted.some(({ kind }) => kind !== "test") ? "compiled" : "static";
  };
}

/** While an ambiguous root stands no check can lift a candidate: what a string names is not seen by tests either. */
export function ownCeiling(id: CandidateId, candidates: readonly Candidate[]): AssuranceLevel {
  return candidates.find((one) => one.id === id)?.assurance === "suspected" ? "suspected" : "proven";
}

export function lowest(levels: readonly AssuranceLevel[]): AssuranceLevel {
  return assuranceLevels.find((level) => levels.includes(level)) ?? "suspected";
}

/** Tests that pass are lifted by a proof that the product is the same. */
export function lifted(level: AssuranceLevel, proof: Proof | undefined): AssuranceLevel {
  if (level !== "tested" || proof?.bundles !== "same") return level;
  return proof.declarations === "same" || proof.declarations === "none" ? "proven" : level;
}
