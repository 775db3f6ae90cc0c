import type { Batch, Check, CheckRun, Culprit, TreeRun, Verification, VerifiedBatch } from "../core/check.ts";
import type { Candidate } from "../core/candidate.ts";
import type { Config } from "../core/config.ts";
import type { FileChange } from "../core/edit.ts";
import type { CandidateId } from "../core/names.ts";
import type { AssuranceLevel } from "../core/policy.ts";
import { assuranceLevels } from "../core/policy.ts";
import type { Checkout } from "../core/stage.ts";
import type { Cage } from "../io/cage.ts";
import { createMask } from "../io/mask.ts";
import type { PackageManager } from "../io/package-manager.ts";
import type { Toolchain } from "../io/toolchain.ts";
import { attribute } from "./attribute.ts";
import { runBaseline, type Baseline } from "./baseline.ts";
import { orderUnits } from "./clusters.ts";
import { executed } from "./judge.ts";
import {
  installFailure,
  openLaboratory,
  type Finding,
  type Laboratory,
  type Site,
  type Specimen,
} from "./laboratory.ts";
import type { Bench } from "./run-check.ts";
import { search, type Trial, type Untested } from "./search.ts";

/** The part of a checkout that verification needs. */
type Verifiable = {
  readonly record: Pick<Checkout, "base" | "checks">;
  /** Absolute path of the work tree, with the base's dependencies installed. */
  readonly directory: string;
  readonly mirror: string;
  readonly packageManagers: readonly PackageManager[];
  readonly toolchain: Toolchain | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly cage: Cage;
};

/** What is to be proven, and how much that may cost. */
export type VerifyRequest = {
  readonly checkedOut: Verifiable;
  /** Candidates that may be proposed. */
  readonly candidates: readonly Candidate[];
  readonly merge: (ids: readonly CandidateId[]) => readonly FileChange[];
  readonly batch: (ids: readonly CandidateId[]) => readonly Batch[];
  /** As many batches as can be published are checked by themselves; the others wait for another night. */
  readonly wantedBatches: number;
  readonly limits: Config["limits"];
  readonly signal: AbortSignal;
  /** Called after each run of a check with how many there were. */
  readonly onRun?: (run: { readonly done: number; readonly check: string; readonly tree: string }) => void;
};

/** The search may use this share of the runs: what it finds is worth nothing unless batches can be checked as well. */
const searchShare = 2 / 3;

/**
 * Proves with the repository's own checks what can go: the base first, then all candidates at once, then as many of them
 * as survive together, then each batch on its own. Only batches whose own tree survived come out, and the tree is part of
 * them. Without candidates nothing is run at all.
 */
export async function verify(request: VerifyRequest): Promise<Verification> {
  const { checkedOut, candidates } = request;
  const { checks } = checkedOut.record;
  const counter = { done: 0 };
  const site = siteOf(request, (run) => request.onRun?.({ ...run, done: ++counter.done }));
  const laboratory = openLaboratory(site);
  const base = await laboratory.prepare([]);
  if (candidates.length === 0) return nothingToVerify(checks, base);
  const onRun = ({ name }: Check): void => {
    site.onRun({ check: name, tree: base.tree });
  };
  const baseline = await runBaseline({ checks, specimen: base, laboratory, onRun });
  const bookkeeping = openBookkeeping(request, laboratory, baseline);
  const found = await search(orderUnits(candidates), bookkeeping.trial);
  const tried = await checkBatches(request.batch(found.accepted), bookkeeping, request.wantedBatches);
  await laboratory.enter(base);
  const gone = new Set([...tried.culprits, ...tried.untested].map(({ id }) => id));
  const level = assuranceOf(baseline);
  const together = runsOf(found.accepted, bookkeeping.trees());
  const batched = new Map(tried.batches.flatMap((one) => one.candidates.map((id) => [id, one.runs] as const)));
  const survivors = found.accepted
    .filter((id) => !gone.has(id))
    .map((id) => ({ id, assurance: lowest([level(batched.get(id) ?? together), ownCeiling(id, candidates)]) }));
  return {
    checks,
    baseline: baseline.treeRun,
    trees: bookkeeping.trees(),
    culprits: [...found.culprits, ...tried.culprits],
    untested: [...found.untested, ...tried.untested],
    survivors,
    batches: tried.batches.map((one) => ({
      ...one,
      assurance: lowest([level(one.runs), ...one.candidates.map((id) => ownCeiling(id, candidates))]),
    })),
  };
}

function siteOf({ checkedOut, limits, signal }: VerifyRequest, onRun: Site["onRun"]): Site {
  const { directory, mirror, environment, packageManagers, toolchain, record, cage } = checkedOut;
  const paths = [
    { path: directory, as: "" },
    { path: mirror, as: "<mirror>" },
    ...(environment["PATH"] ?? "").split(":").map((path) => ({ path, as: "<bin>" })),
  ];
  const mask = createMask({ environment: process.env, paths });
  const { programs, caches } = toolchain ?? { programs: [], caches: [] };
  const tools = { programs, caches };
  const timeoutMs = limits.checkMinutes * 60_000;
  const bench: Bench = { directory, environment, timeoutMs, mask, signal, cage, tools, modules: [] };
  const installTimeoutMs = limits.installMinutes * 60_000;
  return { bench, mirror, base: record.base.commit, packageManagers, toolchain, installTimeoutMs, onRun };
}

function nothingToVerify(checks: readonly Check[], { tree }: Specimen): Verification {
  const baseline = { tree, candidates: [], runs: [], survived: true };
  return { checks, baseline, trees: [], culprits: [], untested: [], survivors: [], batches: [] };
}

type Bookkeeping = {
  readonly trial: (ids: readonly CandidateId[]) => Promise<Trial>;
  readonly check: (
    ids: readonly CandidateId[],
    changes: readonly FileChange[],
    share: number,
  ) => Promise<{ readonly specimen: Specimen; readonly finding: Finding } | { readonly limit: string }>;
  readonly trees: () => readonly TreeRun[];
};

/** Remembers each tree that was checked, so that none is checked twice, and counts runs and minutes. */
function openBookkeeping(request: VerifyRequest, laboratory: Laboratory, baseline: Baseline): Bookkeeping {
  const { limits, candidates, merge } = request;
  const began = performance.now();
  const findings = new Map<string, Finding>();
  const limitReached = (share: number): string | null => {
    if (findings.size + 1 >= limits.verifyRuns * share) return "limits.verifyRuns";
    return performance.now() - began > limits.verifyMinutes * 60_000 * share ? "limits.verifyMinutes" : null;
  };
  const check: Bookkeeping["check"] = async (ids, changes, share) => {
    const prepared = await prepareOrFail(ids, changes, laboratory);
    if ("finding" in prepared) return prepared;
    const { specimen } = prepared;
    const known = findings.get(specimen.tree);
    if (known !== undefined) return { specimen, finding: known };
    const limit = limitReached(share);
    if (limit !== null) return { limit };
    const finding = await laboratory.examine(specimen, baseline.proven, ids);
    findings.set(specimen.tree, finding);
    return { specimen, finding };
  };
  const trial: Bookkeeping["trial"] = async (ids) => {
    const answer = await check(ids, merge(ids), searchShare);
    if ("limit" in answer) return { kind: "limit", limit: answer.limit };
    const { failure } = answer.finding;
    if (failure === null) return { kind: "survived" };
    const wanted = new Set(ids);
    const present = candidates.filter(({ id }) => wanted.has(id));
    const suspects = attribute(failure.output, present);
    return { kind: "broke", check: failure.check, tail: failure.tail, suspects };
  };
  return { trial, check, trees: () => [...findings.values()].map(({ treeRun }) => treeRun) };
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

type Tried = {
  readonly batches: readonly Omit<VerifiedBatch, "assurance">[];
  readonly culprits: readonly Culprit[];
  readonly untested: readonly Untested[];
};

/** The union survived, which says nothing of a part of it: each batch is checked on the base by itself. */
async function checkBatches(batches: readonly Batch[], bookkeeping: Bookkeeping, wanted: number): Promise<Tried> {
  const verified: Omit<VerifiedBatch, "assurance">[] = [];
  const culprits: Culprit[] = [];
  const untested: Untested[] = [];
  for (const batch of batches) {
    if (verified.length >= wanted) break;
    const answer = await bookkeeping.check(batch.candidates, batch.changes, 1);
    if ("limit" in answer) {
      untested.push(...batch.candidates.map((id) => ({ id, limit: answer.limit })));
      continue;
    }
    const { failure, treeRun } = answer.finding;
    const { tree, changes } = answer.specimen;
    if (failure === null) verified.push({ ...batch, changes, tree, runs: treeRun.runs });
    else culprits.push(...batch.candidates.map((id) => ({ id, check: failure.check, tail: failure.tail })));
  }
  return { batches: verified, culprits, untested };
}

/** The runs of the tree in which all accepted candidates were applied together. */
function runsOf(accepted: readonly CandidateId[], trees: readonly TreeRun[]): readonly CheckRun[] {
  const wanted = new Set(accepted);
  const isWhole = ({ survived, candidates }: TreeRun) =>
    survived && candidates.length === wanted.size && candidates.every((id) => wanted.has(id));
  return trees.find(isWhole)?.runs ?? [];
}

/** Tests count when some ran; a type check or a build makes it `compiled`; with neither nothing was proven. */
function assuranceOf({ proven }: Baseline): (runs: readonly CheckRun[]) => AssuranceLevel {
  const silent = proven.filter(({ baseline: { results } }) => results !== null && executed(results) === 0);
  return (runs) => {
    const counted = runs.filter(({ check }) => !silent.some((one) => one.check.name === check));
    if (counted.some(({ kind }) => kind === "test")) return "tested";
    return counted.some(({ kind }) => kind !== "test") ? "compiled" : "static";
  };
}

/** While an ambiguous root stands no check can lift a candidate: what a string names is not seen by tests either. */
function ownCeiling(id: CandidateId, candidates: readonly Candidate[]): AssuranceLevel {
  return candidates.find((one) => one.id === id)?.assurance === "suspected" ? "suspected" : "proven";
}

function lowest(levels: readonly AssuranceLevel[]): AssuranceLevel {
  return assuranceLevels.find((level) => levels.includes(level)) ?? "suspected";
}
