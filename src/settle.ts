import type { Candidate } from "./core/candidate.ts";
import type { Verification } from "./core/check.ts";
import type { Alarm, Marking } from "./core/marking.ts";
import type { CandidateId } from "./core/names.ts";
import type { Policy } from "./core/policy-schema.ts";
import type { Publication } from "./core/pull-request.ts";
import type { Checkout, RepoResult, StageOutputs } from "./core/stage.ts";
import { decideVerified } from "./decide/decide.ts";
import type { LedgerEntry, LedgerState } from "./io/ledger.ts";
import type { Product } from "./verify/prove.ts";
import type { KnownPullRequest } from "./publish/forge.ts";

type SeenCandidate = { readonly id: CandidateId; readonly state: LedgerState; readonly reason?: string };
type Decisions = StageOutputs["decide"]["decisions"];

/** What makes a repository report-only before anything was checked. */
export function alarmsOf(marking: Marking, checkout: Checkout): readonly Alarm[] {
  if (checkout.checks.length > 0) return marking.alarms;
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

/** What earlier nights left: what broke a check, and the pull requests that they opened. */
export type Answers = {
  readonly ledger: ReadonlyMap<CandidateId, LedgerEntry>;
  readonly standing: ReadonlyMap<CandidateId, Pick<KnownPullRequest, "state" | "url">>;
};

/** What broke a check, waits in a pull request or was answered is not tried again as long as its code is the same. */
export function withAnswers(decisions: Decisions, { ledger, standing }: Answers): Decisions {
  return decisions.map((decision) => {
    if (!isProposed(decision)) return decision;
    const pullRequest = standing.get(decision.id);
    if (pullRequest !== undefined)
      return { ...decision, action: "report", rule: "answer", because: answerOf(pullRequest) };
    const entry = ledger.get(decision.id);
    if (entry?.state !== "culprit") return decision;
    const because = `it broke a check in the night ${entry.lastSeen}${entry.reason === null ? "" : `: ${entry.reason}`}`;
    return { ...decision, action: "report", rule: "ledger", because };
  });
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
  readonly policy: Policy;
}): Decisions {
  const { candidates, decisions, verification, policy } = run;
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  return decisions.map((decision) => {
    const candidate = byId.get(decision.id);
    if (candidate === undefined || !isProposed(decision)) return decision;
    const hindrance = hindranceOf(decision.id, verification);
    if (hindrance !== null) return { ...decision, action: "report", rule: "verify", because: hindrance };
    const survivor = verification.survivors.find(({ id }) => id === decision.id);
    return { id: decision.id, ...decideVerified(candidate, survivor?.assurance ?? "static", policy) };
  });
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
  const { find, verify, publish } = stages;
  const culprits = new Map((verify?.culprits ?? []).map(({ id, check }) => [id, check]));
  const untested = new Map((verify?.untested ?? []).map(({ id, limit }) => [id, limit]));
  const proposed = new Map(
    (publish?.outcomes ?? []).flatMap((outcome) =>
      "url" in outcome ? outcome.candidates.map((id) => [id, outcome.url] as const) : [],
    ),
  );
  return (find?.candidates ?? []).map(({ id }): SeenCandidate => {
    const culprit = culprits.get(id);
    if (culprit !== undefined) return { id, state: "culprit", reason: culprit };
    const url = proposed.get(id);
    if (url !== undefined) return { id, state: "proposed", reason: url };
    const limit = untested.get(id);
    return limit === undefined ? { id, state: "reported" } : { id, state: "untested", reason: limit };
  });
}

/** True when a decision leads to a pull request. */
export function isProposed({ action }: Pick<Decisions[number], "action">): boolean {
  return action === "propose" || action === "automerge";
}

function hindranceOf(id: CandidateId, { baseline, culprits, untested, survivors }: Verification): string | null {
  if (!baseline.survived) return `red baseline: ${redChecks(baseline)} failed before anything was changed`;
  const culprit = culprits.find((one) => one.id === id);
  if (culprit !== undefined) return `it breaks ${culprit.check}`;
  const left = untested.find((one) => one.id === id);
  if (left !== undefined) return `it was not tested: ${left.limit}`;
  return survivors.some((one) => one.id === id) ? null : "it was not tested";
}

function redChecks(baseline: Verification["baseline"]): string {
  return baseline.runs.flatMap(({ check, result }) => (result === "passed" ? [] : [check])).join(", ");
}
