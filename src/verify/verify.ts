import { dirname, join } from "node:path";
import type { Batch, Canary, Check, Culprit, Verification, VerifiedBatch } from "../core/check.ts";
import type { Candidate } from "../core/candidate.ts";
import type { Config } from "../core/config.ts";
import type { FileChange } from "../core/edit.ts";
import { grantedVariables } from "../core/grants.ts";
import type { CandidateId, RepoPath } from "../core/names.ts";
import type { Checkout } from "../core/stage.ts";
import type { Cage } from "../io/cage.ts";
import { createMask } from "../io/mask.ts";
import type { PackageManager } from "../io/package-manager.ts";
import type { Toolchain } from "../io/toolchain.ts";
import { assuranceOf, lifted, lowest, ownCeiling, runsOf } from "./assurance.ts";
import { runBaseline, type Baseline } from "./baseline.ts";
import { openBookkeeping, type Bookkeeping } from "./bookkeeping.ts";
import { tryCanary, type BreakFile } from "./canary.ts";
import { startDeadline, type Deadline } from "./deadline.ts";
import { orderUnits } from "./clusters.ts";
import { openLaboratory, type Laboratory, type ProvenCheck, type Site, type Specimen } from "./laboratory.ts";
import { openProver, type Product } from "./prove.ts";
import type { Bench } from "./run-check.ts";
import { search, type Found, type Untested } from "./search.ts";

/** The part of a checkout that verification needs. */
type Verifiable = {
  readonly record: Pick<Checkout, "base" | "checks">;
  /** Absolute path of the work tree, with the base's dependencies installed. */
  readonly directory: string;
  readonly mirror: string;
  /** The files of the base. */
  readonly files: readonly RepoPath[];
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
  /** What must be the same for the highest level of assurance. */
  readonly product: Product;
  /** Breaks a live function on purpose, to see whether the tests notice; left out, nobody asks. */
  readonly breakFile?: BreakFile | undefined;
  readonly limits: Config["limits"];
  readonly signal: AbortSignal;
  /** Called after each run of a check with how many there were. */
  readonly onRun?: (run: { readonly done: number; readonly check: string; readonly tree: string }) => void;
};

/** Tests are run twice on the base when that takes no more than this share of the minutes. */
const twiceShare = 1 / 8;

/**
 * Proves with the repository's own checks what can go: the base first, then all candidates at once, then as many of them
 * as survive together, then each batch on its own. Only batches whose own tree survived come out, and the tree is part of
 * them. Without candidates nothing is run at all.
 */
export async function verify(request: VerifyRequest): Promise<Verification> {
  const { checkedOut, candidates } = request;
  const { checks } = checkedOut.record;
  const counter = { done: 0 };
  const deadline = startDeadline(request.limits.verifyMinutes);
  const site = siteOf(request, deadline, (run) => request.onRun?.({ ...run, done: ++counter.done }));
  const laboratory = openLaboratory(site);
  const base = await laboratory.prepare([]);
  if (candidates.length === 0) return nothingToVerify(checks, base);
  const onRun = ({ name }: Check): void => {
    site.onRun({ check: name, tree: base.tree });
  };
  const twiceUpToMs = request.limits.verifyMinutes * 60_000 * twiceShare;
  const baseline = await runBaseline({ checks, specimen: base, laboratory, twiceUpToMs, onRun });
  // What was ended because all the time is over is not red.
  const reason = deadline.isOver() ? "limits.verifyMinutes" : "red baseline";
  if (checks.length > 0 && !baseline.treeRun.survived) return nothingProven(candidates, checks, baseline, reason);
  const bookkeeping = openBookkeeping({ ...request, deadline }, laboratory, baseline.proven);
  const found = await findSurvivors(candidates, bookkeeping);
  const tried = await checkBatches(request.batch(found.accepted), bookkeeping, request.wantedBatches);
  const level = assuranceOf(baseline);
  const together = level(runsOf(found.accepted, bookkeeping.trees()));
  const prover = openProver({ product: request.product, base, laboratory, bench: site.bench });
  const aviary = openAviary(request, { laboratory, proven: baseline.proven, deadline });
  const batches: VerifiedBatch[] = [];
  for (const one of tried.batches) {
    const proof = level(one.runs) === "tested" ? { proof: await prover.prove(one) } : {};
    const canary = level(one.runs) === "tested" ? await aviary.ask(one) : {};
    const ceilings = one.candidates.map((id) => ownCeiling(id, candidates));
    batches.push({
      ...one,
      ...proof,
      ...canary,
      assurance: lowest([lifted(level(one.runs), proof.proof), ...ceilings]),
    });
  }
  // Without pull requests in sight what survived together is the answer, and compared as a whole.
  const whole = request.wantedBatches === 0 && together === "tested" && found.accepted.length > 0;
  const proof = whole ? await prover.prove(await laboratory.prepare(request.merge(found.accepted))) : undefined;
  await laboratory.enter(base);
  const gone = new Set([...tried.culprits, ...tried.untested].map(({ id }) => id));
  const batched = new Map(batches.flatMap((one) => one.candidates.map((id) => [id, one.assurance] as const)));
  const survivors = found.accepted
    .filter((id) => !gone.has(id))
    .map((id) => ({
      id,
      assurance: lowest([batched.get(id) ?? lifted(together, proof), ownCeiling(id, candidates)]),
    }));
  return {
    checks,
    baseline: baseline.treeRun,
    quarantine: baseline.quarantine,
    trees: bookkeeping.trees(),
    culprits: [...found.culprits, ...tried.culprits],
    untested: [...found.untested, ...tried.untested],
    survivors,
    batches,
    ...(proof === undefined ? {} : { proof }),
  };
}

type Aviary = { readonly ask: (specimen: Specimen) => Promise<{ readonly canary?: Canary }> };

/** Canaries may take this share of the minutes; when it is used up, the other batches go without. */
const canaryShare = 1 / 8;

function openAviary(
  { checkedOut, breakFile, limits, signal }: VerifyRequest,
  site: { readonly laboratory: Laboratory; readonly proven: readonly ProvenCheck[]; readonly deadline: Deadline },
): Aviary {
  const { mirror, files, record } = checkedOut;
  const { laboratory, proven, deadline } = site;
  let leftMs = limits.verifyMinutes * 60_000 * canaryShare;
  return {
    ask: async (specimen) => {
      const wantedMs = proven.reduce(
        (sum, { check, baseline }) => sum + (check.kind === "test" ? baseline.run.ms : 0),
        0,
      );
      if (breakFile === undefined || wantedMs > Math.min(leftMs, deadline.leftMs())) return {};
      const base = record.base.commit;
      const request = { specimen, laboratory, checks: proven, mirror, base, files, breakFile, signal };
      const canary = await tryCanary(request);
      leftMs -= canary?.ms ?? 0;
      // What was ended because all the time is over has noticed nothing.
      return canary === null || deadline.isOver() ? {} : { canary };
    },
  };
}

function siteOf({ checkedOut, limits, signal }: VerifyRequest, deadline: Deadline, onRun: Site["onRun"]): Site {
  const { directory, mirror, environment, packageManagers, toolchain, record, cage } = checkedOut;
  const paths = [
    { path: directory, as: "" },
    { path: mirror, as: "<mirror>" },
    ...(environment["PATH"] ?? "").split(":").map((path) => ({ path, as: "<bin>" })),
  ];
  const own: Record<string, string | undefined> = { ...process.env };
  for (const [name, value] of Object.entries(grantedVariables(cage.grants, process.env))) own[`SECRET_${name}`] = value;
  const mask = createMask({ environment: own, paths });
  const { programs, caches } = toolchain ?? { programs: [], caches: [] };
  const tools = { programs, caches };
  const timeoutMs = limits.checkMinutes * 60_000;
  const layers = join(dirname(directory), "layers");
  const limited = { timeoutMs, deadline, signal };
  const bench: Bench = { directory, environment, ...limited, mask, cage, tools, modules: [], layers };
  const installTimeoutMs = limits.installMinutes * 60_000;
  return { bench, mirror, base: record.base.commit, packageManagers, toolchain, installTimeoutMs, onRun };
}

function nothingToVerify(checks: readonly Check[], { tree }: Specimen): Verification {
  const baseline = { tree, candidates: [], runs: [], survived: true };
  return { checks, baseline, trees: [], culprits: [], untested: [], survivors: [], batches: [] };
}

/** Where the checks are red before anything is changed they say nothing of a change, so no tree is tried at all. */
function nothingProven(
  candidates: readonly Candidate[],
  checks: readonly Check[],
  { treeRun, quarantine, remedies }: Baseline,
  limit: string,
): Verification {
  const untested = candidates.map(({ id }) => ({ id, limit }));
  const nothing = { trees: [], culprits: [], survivors: [], batches: [] };
  return { checks, baseline: treeRun, quarantine, ...nothing, untested, remedies };
}

/**
 * Finds what survives together. Where folders are installed apart from each other, the checks of the folders that a tree
 * changes are run first, and all checks only on what is left in the end.
 */
async function findSurvivors(candidates: readonly Candidate[], { trialOf }: Bookkeeping): Promise<Found> {
  const units = orderUnits(candidates);
  const found = await search(units, trialOf("affected"));
  if (found.accepted.length === 0) return found;
  const whole = await trialOf("all")(found.accepted);
  if (whole.kind !== "broke") return found;
  const accepted = new Set(found.accepted);
  const second = await search(orderUnits(candidates.filter(({ id }) => accepted.has(id))), trialOf("all"));
  return {
    accepted: second.accepted,
    culprits: [...found.culprits, ...second.culprits],
    untested: [...found.untested, ...second.untested],
  };
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
    const { candidates: ids, changes: own } = batch;
    const answer = await bookkeeping.check({ ids, changes: own, share: 1, scope: "all" });
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
