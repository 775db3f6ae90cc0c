import type { AssuranceLevel } from "./policy.ts";
import type { CandidateId, RepoPath } from "./names.ts";
import type { FileChange, ChangeSize } from "./edit.ts";

/** The tests of a repository that cannot run here: the checks of the forge are the test run. */
export type ForgeTests = {
  /** Checks of the forge that must be green; empty: all that the base requires, and all that run. */
  readonly checks: readonly string[];
};

/** What a check proves. `lint` never blocks a candidate by itself. */
export type CheckKind = "typecheck" | "test" | "build";

/** A command of the repository, run in `directory` (relative to the top, `""` for the top). Never a shell string. */
export type Check = {
  readonly kind: CheckKind;
  /** What people call it: `npm run test`. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly directory: string;
  /** Where it was found: `package.json scripts.test`, `daemon.config.ts checks`. */
  readonly source: string;
};

/** How one run of one check ended. */
export type CheckRun = {
  readonly check: string;
  readonly kind: CheckKind;
  readonly result: "passed" | "failed" | "timed-out" | "could-not-start";
  readonly exitCode: number | null;
  readonly ms: number;
  /** Tests by outcome where the output could be read, else null. */
  readonly tests: { readonly passed: number; readonly failed: number; readonly skipped: number } | null;
  /** Ids of the tests that failed, where the output could be read. */
  readonly failedTests: readonly string[];
  /** The last lines of the output, secrets masked, paths relative. */
  readonly tail: string;
};

/** One tree that was checked: its git tree hash names exactly what was tested. */
export type TreeRun = {
  readonly tree: string;
  /** The candidates that were applied, or `[]` for the baseline. */
  readonly candidates: readonly CandidateId[];
  readonly runs: readonly CheckRun[];
  readonly survived: boolean;
};

/** A candidate that broke something. */
export type Culprit = { readonly id: CandidateId; readonly check: string; readonly tail: string };

/** A pull request's worth of candidates: one theme, small enough to judge in a minute. */
export type Batch = {
  /** Stable across nights while the candidates are the same: first 8 hex digits of a hash of their ids. */
  readonly fingerprint: string;
  readonly category: string;
  /** Package or folder that all of it is in, as it appears in the branch name. */
  readonly scope: string;
  readonly candidates: readonly CandidateId[];
  readonly changes: readonly FileChange[];
  readonly size: ChangeSize;
};

/** Whether the product is the same with and without a change, as far as that can be shown. */
export type Proof = {
  /** The bundles of all production entries, byte for byte. */
  readonly bundles: "same" | "different" | "impossible";
  readonly entries: number;
  /** The declarations of what the packages offer; `none`: they offer none. */
  readonly declarations: "same" | "different" | "impossible" | "none";
  /** What is different, or why nothing could be shown; null when all is the same. */
  readonly because: string | null;
};

/** Whether the tests noticed when a live function beside a change was broken on purpose. */
export type Canary = {
  readonly file: RepoPath;
  /** The function that was broken. */
  readonly name: string;
  /** The check that noticed; null: none did, so green tests say little about this place. */
  readonly noticedBy: string | null;
  readonly ms: number;
};

/** What the canary of a batch said; `unasked`: nothing could be broken, there were no tests, or no time. */
export type CanaryAnswer = "noticed" | "missed" | "unasked";

/** A batch whose own tree was checked. */
export type VerifiedBatch = Batch & {
  /** The git tree that was checked, and the only one that may be published. */
  readonly tree: string;
  readonly assurance: AssuranceLevel;
  readonly runs: readonly CheckRun[];
  /** Absent where the checks prove too little for it to matter. */
  readonly proof?: Proof;
  /** Absent where there was nothing to break, no test to ask, or no time. */
  readonly canary?: Canary;
};

/** A test that proves nothing by itself; `test` is null where the runner names none. */
export type Quarantined = {
  readonly check: string;
  readonly test: string | null;
  /** `red-before`: it failed whenever the base was run. `flaky`: it differed between two runs of the same tree. */
  readonly because: "red-before" | "flaky";
};

/** The record of the verify stage. */
export type Verification = {
  readonly checks: readonly Check[];
  readonly baseline: TreeRun;
  readonly trees: readonly TreeRun[];
  readonly culprits: readonly Culprit[];
  /** Candidates left untested because a limit was reached, with its name. */
  readonly untested: readonly { readonly id: CandidateId; readonly limit: string }[];
  readonly survivors: readonly { readonly id: CandidateId; readonly assurance: AssuranceLevel }[];
  readonly batches: readonly VerifiedBatch[];
  /** Tests that were red or flaky before anything was changed; absent in older records. */
  readonly quarantine?: readonly Quarantined[];
  /** What can be done about a red baseline, as far as its output tells. */
  readonly remedies?: readonly string[];
  /** What all survivors together do to the product, where no batch was wanted. */
  readonly proof?: Proof;
};
