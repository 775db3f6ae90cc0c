import type { Candidate } from "../core/candidate.ts";
import type { TreeRun } from "../core/check.ts";
import type { Config } from "../core/config.ts";
import type { FileChange } from "../core/edit.ts";
import type { CandidateId } from "../core/names.ts";
import type { PackageManager } from "../io/package-manager.ts";
import { attribute } from "./attribute.ts";
import type { Deadline } from "./deadline.ts";
import { installFailure, type Finding, type Laboratory, type ProvenCheck, type Specimen } from "./laboratory.ts";
import type { TryTree } from "./search.ts";

/** The search may use this share of the runs: what it finds is worth nothing unless batches can be checked as well. */
const searchShare = 2 / 3;

type BookkeepingRequest = {
  readonly checkedOut: { readonly packageManagers: readonly PackageManager[] };
  readonly candidates: readonly Candidate[];
  readonly merge: (ids: readonly CandidateId[]) => readonly FileChange[];
  readonly limits: Config["limits"];
  readonly deadline: Deadline;
};

/** `affected`: only the checks of what changes. */
type Scope = "affected" | "all";

/** Checks trees within the limits. */
export type Bookkeeping = {
  readonly trialOf: (scope: Scope) => TryTree;
  readonly check: (request: {
    readonly ids: readonly CandidateId[];
    readonly changes: readonly FileChange[];
    /** Of the limits. */
    readonly share: number;
    readonly scope: Scope;
    /** Check the tree although it was checked before. */
    readonly afresh?: boolean;
  }) => Promise<{ readonly specimen: Specimen; readonly finding: Finding } | { readonly limit: string }>;
  readonly trees: () => readonly TreeRun[];
};

/** Remembers each tree that was checked, so that none is checked twice, and counts runs and minutes. */
export function openBookkeeping(
  request: BookkeepingRequest,
  laboratory: Laboratory,
  proven: readonly ProvenCheck[],
): Bookkeeping {
  const { limits, candidates, merge, checkedOut, deadline } = request;
  const findings = new Map<string, Finding>();
  const all: TreeRun[] = [];
  const limitReached = (share: number): string | null => {
    if (all.length + 1 >= limits.verifyRuns * share) return "limits.verifyRuns";
    return deadline.isOver(share) ? "limits.verifyMinutes" : null;
  };
  const check: Bookkeeping["check"] = async ({ ids, changes, share, scope, afresh = false }) => {
    const prepared = await prepareOrFail(ids, changes, laboratory);
    if ("finding" in prepared) return prepared;
    const { specimen } = prepared;
    const checks = scope === "all" ? proven : affected(proven, specimen.changes, checkedOut.packageManagers);
    const key = `${checks.length} ${specimen.tree}`;
    const known = afresh ? undefined : findings.get(key);
    if (known !== undefined) return { specimen, finding: known };
    const limit = limitReached(share);
    if (limit !== null) return { limit };
    const present = pick(candidates, ids);
    const accuses = (output: string): boolean => attribute(output, present).length > 0;
    const finding = await laboratory.examine(specimen, { checks, candidates: ids, accuses });
    all.push(finding.treeRun);
    // What was ended because all the time is over says nothing of the tree.
    if (finding.failure !== null && deadline.isOver()) return { limit: "limits.verifyMinutes" };
    findings.set(key, finding);
    return { specimen, finding };
  };
  const trialOf =
    (scope: Scope): TryTree =>
    async (ids, afresh = false) => {
      const answer = await check({ ids, changes: merge(ids), share: searchShare, scope, afresh });
      if ("limit" in answer) return { kind: "limit", limit: answer.limit };
      const { failure } = answer.finding;
      if (failure === null) return { kind: "survived" };
      const suspects = attribute(failure.output, pick(candidates, ids));
      return { kind: "broke", check: failure.check, tail: failure.tail, isSure: failure.isSure, suspects };
    };
  return { trialOf, check, trees: () => all };
}

/** The checks of the folders with an install of their own in which something changes; all, where there is only one. */
function affected(
  checks: readonly ProvenCheck[],
  changes: readonly FileChange[],
  roots: readonly PackageManager[],
): readonly ProvenCheck[] {
  const rootOf = (path: string): string | undefined =>
    roots
      .map(({ directory }) => directory)
      .filter((directory) => directory === "" || path === directory || path.startsWith(`${directory}/`))
      .toSorted((a, b) => b.length - a.length)[0];
  const changed = new Set(changes.map(({ file }) => rootOf(file)));
  const chosen = checks.filter(({ check }) => check.directory === "" || changed.has(rootOf(check.directory)));
  return chosen.length === 0 ? checks : chosen;
}

function pick(candidates: readonly Candidate[], ids: readonly CandidateId[]): readonly Candidate[] {
  const wanted = new Set(ids);
  return candidates.filter(({ id }) => wanted.has(id));
}

/** A lock file that cannot be brought up to date is the fault of the change that made it necessary. */
async function prepareOrFail(
  ids: readonly CandidateId[],
  changes: readonly FileChange[],
  laboratory: Laboratory,
): Promise<{ readonly specimen: Specimen } | { readonly specimen: Specimen; readonly finding: Finding }> {
  try {
    return { specimen: await laboratory.prepare(changes) };
  } catch (error) {
    const specimen = { tree: "", changes };
    return { specimen, finding: installFailure(error, specimen, ids) };
  }
}
