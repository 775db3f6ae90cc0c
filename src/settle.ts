import type { Candidate } from "./core/candidate.ts";
import type { CanaryAnswer, Verification } from "./core/check.ts";
import type { Alarm, Marking } from "./core/marking.ts";
import type { CandidateId } from "./core/names.ts";
import type { EffectivePolicy } from "./core/policy-layers.ts";
import type { Publication } from "./core/pull-request.ts";
import { findResurrections, recordOf, type RecordedResurrection } from "./core/resurrection.ts";
import type { Checkout, RepoResult, StageOutputs } from "./core/stage.ts";
import type { Ledger, LedgerState } from "./core/ledger.ts";
import { recall } from "./core/recall.ts";
import { decideVerified } from "./decide/decide.ts";
import type { SeenCandidate } from "./io/ledger.ts";
import type { Heap } from "./mark/heap.ts";
import { listDeclarations } from "./mark/tonights-declarations.ts";
import { packageOf } from "./mark/units.ts";
import type { Product } from "./verify/prove.ts";
import type { KnownPullRequest } from "./publish/forge.ts";

type Decisions = StageOutputs["decide"]["decisions"];

/** What makes a repository report-only before anything was checked. */
export function alarmsOf(marking: Marking, checkout: Checkout): readonly Alarm[] {
  if (checkout.checks.length > 0 || checkout.forgeTests !== undefined) return marking.alarms;
  const text = "the repository has no type check, no tests and no build, so nothing can be proven";
  return [...marking.alarms, { kind: "no-checks", text }];
}

/**
 * What a repository delivers: the modules that production begins with, and of those what published packages offer. Pages
 * and styles are no modules; templates of other languages stay in the list, so that a bundler says that it cannot.
 */
export function productOf({ roots, units }: Marking, packages: ReadonlySet<string>): Product {
  const entries = roots.filter(
    ({ file, strength, purpose, keeps }) =>
      strength === "strong" &&
      purpose === "production" &&
      keeps === undefined &&
      /\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx)$/.test(file),
  );
  const modules = entries.filter(({ file }) => !/\.d\.[cm]?ts$/.test(file));
  const offered = units
    .filter((unit) => !unit.private)
    .map(({ directory }) => ({
      directory,
      entries: modules
        .filter(({ file, reason }) => isOffer(reason) && unitOf(file, units) === directory && /\.[cm]?tsx?$/.test(file))
        .map(({ file }) => file),
    }));
  return {
    entries: [...new Set(modules.map(({ file }) => file))].toSorted(),
    offered: offered.filter(({ entries: own }) => own.length > 0),
    packages,
  };
}

function isOffer(reason: string): boolean {
  return /^package\.json (?:exports|main|module|types|typings|browser|source)\b/.test(reason);
}

function unitOf(file: string, units: Marking["units"]): string | undefined {
  const above = units.map(({ directory }) => directory).filter((one) => one === "" || file.startsWith(`${one}/`));
  return above.toSorted((a, b) => b.length - a.length)[0];
}

/** What earlier nights left: the ledger, and the pull requests that they opened. */
export type Answers = {
  readonly ledger: Ledger;
  readonly standing: ReadonlyMap<CandidateId, Pick<KnownPullRequest, "state" | "url">>;
  /** What stands and is to be made anew, so that it is tried again. */
  readonly remade: ReadonlySet<CandidateId>;
  readonly now: string;
};

/** What broke a check, waits in a pull request or was answered is not tried again as long as its code is the same. */
export function withAnswers(
  decisions: Decisions,
  candidates: readonly Candidate[],
  { ledger, standing, remade, now }: Answers,
): Decisions {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const ids = candidates.map(({ id }) => id);
  const hindranceOf = recall(ledger, ids, now);
  return decisions.map((decision) => {
    const candidate = byId.get(decision.id);
    if (!isProposed(decision) || candidate === undefined || remade.has(decision.id)) return decision;
    const pullRequest = standing.get(decision.id);
    if (pullRequest !== undefined)
      return { ...decision, action: "report", rule: "answer", because: answerOf(pullRequest) };
    const hindrance = hindranceOf({ candidate, rule: decision.rule });
    return hindrance === null ? decision : { ...decision, action: "report", ...hindrance };
  });
}

/** What pull requests of ours took away within the last months and is declared again. */
export function resurrectedIn(heap: Heap, { entries }: Ledger, now: string): readonly RecordedResurrection[] {
  const nameOf = (file: string): string => {
    const unit = packageOf(file, heap.packages);
    return unit?.manifest.name ?? unit?.directory ?? "";
  };
  const declarations = [...listDeclarations(heap)];
  return findResurrections(entries, { declarations, packageOf: nameOf, now }).map(recordOf);
}

function answerOf({ state, url }: Pick<KnownPullRequest, "state" | "url">): string {
  switch (state) {
    case "open":
      return `it waits in ${url}`;
    case "closed":
      return `${url} was closed without a merge`;
    case "merged":
      return `${url} was merged, and the code is there again`;
    default:
      return state satisfies never;
  }
}

/**
 * The decisions after the checks: what broke something, was not tested, or is less sure than its rule asks for is only
 * reported, and so is everything when the repository's own checks were red before we came.
 */
export function afterVerify(run: {
  readonly candidates: readonly Candidate[];
  readonly decisions: Decisions;
  readonly verification: Verification;
  readonly policy: EffectivePolicy;
  /** Where the forge runs the tests, what is proposed stays a draft until they have passed, and is decided as if they had. */
  readonly checkout: Pick<Checkout, "forgeTests">;
}): Decisions {
  const { candidates, decisions, verification, policy } = run;
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  return decisions.map((decision) => {
    const candidate = byId.get(decision.id);
    if (candidate === undefined || !isProposed(decision)) return decision;
    const hindrance = hindranceOf(decision.id, verification);
    if (hindrance !== null) return { ...decision, action: "report", rule: "verify", because: hindrance };
    const survivor = verification.survivors.find(({ id }) => id === decision.id);
    const assurance = run.checkout.forgeTests !== undefined ? "tested" : (survivor?.assurance ?? "static");
    const shown = { assurance, canary: canaryOf(decision.id, verification) };
    return { id: decision.id, ...decideVerified(candidate, shown, policy) };
  });
}

function canaryOf(id: CandidateId, { batches }: Verification): CanaryAnswer {
  const canary = batches.find(({ candidates }) => candidates.includes(id))?.canary;
  if (canary === undefined) return "unasked";
  return canary.noticedBy === null ? "missed" : "noticed";
}

/** What the policy proposed before the checks and does not any more after them. */
export function heldBack(before: Decisions, after: Decisions): NonNullable<Publication["held"]> {
  const proposed = new Set(before.filter(isProposed).map(({ id }) => id));
  return after.flatMap((decision) =>
    proposed.has(decision.id) && !isProposed(decision) ? [{ id: decision.id, because: decision.because }] : [],
  );
}

/** What the ledger is to remember of a repository's night. */
export function ledgerEntriesOf({ stages }: RepoResult): readonly SeenCandidate[] {
  const decisions = new Map((stages.decide?.decisions ?? []).map((decision) => [decision.id, decision]));
  const became = statesOf(stages);
  return (stages.find?.candidates ?? []).map(({ id, subject, members, deadFor }): SeenCandidate => {
    const decision = decisions.get(id);
    return {
      id,
      subject: { file: subject.file, name: subject.name },
      members: members.map(({ file, name, hash = null, isShared = false }) => ({ file, name, hash, isShared })),
      ...(decision !== undefined && isProposed(decision) ? { rule: decision.rule } : {}),
      ...(deadFor === undefined ? {} : { deadSince: deadFor.since }),
      ...(became.get(id) ?? stateOf(decision)),
    };
  });
}

type Became = Pick<SeenCandidate, "state" | "reason" | "url">;

/** What the checks and the forge made of candidates. */
function statesOf({ verify, publish }: RepoResult["stages"]): ReadonlyMap<CandidateId, Became> {
  const untested = (verify?.untested ?? []).map(({ id, limit }) => [id, { state: "untested", reason: limit }] as const);
  const proposed = (publish?.outcomes ?? []).flatMap((outcome) =>
    "url" in outcome
      ? outcome.candidates.map((id) => [id, { state: "proposed", reason: outcome.url, url: outcome.url }] as const)
      : [],
  );
  const culprits = (verify?.culprits ?? []).map(({ id, check }) => [id, { state: "culprit", reason: check }] as const);
  return new Map<CandidateId, Became>([...untested, ...proposed, ...culprits]);
}

/** That the time of an answer is up is said once. */
function stateOf(decision: Decisions[number] | undefined): Became {
  return decision?.rule === ("expired" satisfies LedgerState)
    ? { state: "expired", reason: decision.because }
    : { state: "reported" };
}

/** True when a decision leads to a pull request. */
export function isProposed({ action }: Pick<Decisions[number], "action">): boolean {
  return action === "propose" || action === "automerge";
}

function hindranceOf(id: CandidateId, verification: Verification): string | null {
  const { checks, baseline, culprits, untested, survivors, remedies } = verification;
  const left = untested.find((one) => one.id === id);
  if (checks.length > 0 && !baseline.survived && left?.limit !== "limits.verifyMinutes") {
    const failed = `red baseline: ${redChecks(baseline)} failed before anything was changed`;
    return [failed, ...(remedies ?? [])].join("; ");
  }
  const culprit = culprits.find((one) => one.id === id);
  if (culprit !== undefined) return `it breaks ${culprit.check}`;
  if (left !== undefined) return `it was not tested: ${left.limit}`;
  return survivors.some((one) => one.id === id) ? null : "it was not tested";
}

function redChecks(baseline: Verification["baseline"]): string {
  const red = baseline.runs.flatMap(({ check, result }) => (result === "passed" ? [] : [check]));
  return [...new Set(red)].join(", ");
}
