import type { Candidate } from "./candidate.ts";
import type { Batch, Check, ForgeTests, Verification } from "./check.ts";
import type { ErrorRecord } from "./errors.ts";
import type { Note, SignedKeep } from "./keep.ts";
import type { Marking } from "./marking.ts";
import type { ModelUse } from "./model-call.ts";
import type { CandidateId, NightId, RepoKey } from "./names.ts";
import type { Opinion } from "./opinion.ts";
import type { Decision } from "./policy.ts";
import type { Publication, Remake } from "./pull-request.ts";
import type { RecordedResurrection } from "./resurrection.ts";
import type { SandboxRecord } from "./sandbox.ts";
import type { TrustReview } from "./track-record.ts";
import type { CandidateTrace } from "./trace.ts";

/** The stages of one repository's night, in their order. */
export const stages = ["checkout", "mark", "find", "decide", "sweep", "verify", "publish"] as const;
export type StageName = (typeof stages)[number];

/** How a package manager of the repository is called, and how its install went. */
export type Installation = {
  readonly packageManager: "npm" | "pnpm" | "yarn" | "bun";
  /** Exact version when the repository names one. */
  readonly version: string | null;
  /** null: there was none, and the newest versions that fit were taken. */
  readonly lockfile: string | null;
  readonly command: readonly string[];
  readonly ms: number;
  /** The Node that was brought, `node@22`, since the repository asks for it; absent: the one that runs us. */
  readonly node?: string;
};

/** The record of the checkout stage. */
export type Checkout = {
  /** As it was given: a URL or a path relative to the configuration. */
  readonly location: string;
  readonly base: { readonly branch: string; readonly commit: string };
  /** null when nothing was installed (`--no-verify`), or there is nothing to install. */
  readonly installation: Installation | null;
  readonly checks: readonly Check[];
  /** Absent: its tests run here, as a part of `checks`. */
  readonly forgeTests?: ForgeTests;
  /** What the repository's code ran in; absent in records of before there was one. */
  readonly sandbox?: SandboxRecord;
  /** What its code got beyond the sandbox, in words; absent where that is nothing. */
  readonly grants?: readonly string[];
  /** What it asks for beyond that, in words. */
  readonly unmet?: readonly string[];
};

/** What each stage writes to `reports/<night>/<repo>/<stage>.json`. */
export type StageOutputs = {
  readonly checkout: Checkout;
  readonly mark: Marking;
  readonly find: {
    readonly candidates: readonly Candidate[];
    /** How they hang together with the rest of the code; absent in older records. */
    readonly traces?: readonly CandidateTrace[];
    /** Annotations by which people keep something; absent when there is none. */
    readonly keeps?: readonly SignedKeep[];
    /** What owners may want to mend: annotations and lines of CODEOWNERS that do not do what they say. */
    readonly notes?: readonly Note[];
  };
  readonly decide: {
    readonly decisions: readonly (Decision & { readonly id: CandidateId })[];
    /** What a pull request of ours took away and somebody brought back. */
    readonly resurrected?: readonly RecordedResurrection[];
    /** What the record of earlier pull requests changes; absent when it says nothing. */
    readonly trust?: TrustReview;
    /** Standing pull requests that are to be made anew, and with which candidates. */
    readonly remakes?: readonly Remake[];
    /** What a model thinks of what the policy lets through; absent where none was asked. */
    readonly opinions?: readonly Opinion[];
    /** What asking it came to. */
    readonly model?: ModelUse;
  };
  readonly sweep: { readonly batches: readonly Batch[] };
  readonly verify: Verification;
  readonly publish: Publication;
};

/** A stage's record: plain JSON, written before the next stage begins. */
export type StageRecord<Name extends StageName = StageName> = {
  readonly format: 1;
  readonly night: NightId;
  readonly repo: RepoKey;
  readonly stage: Name;
  readonly startedAt: string;
  readonly ms: number;
  readonly output: StageOutputs[Name];
};

/** How one repository's night ended. */
export type RepoResult = {
  readonly repo: RepoKey;
  readonly location: string;
  readonly stages: Partial<StageOutputs>;
  readonly ms: Partial<Record<StageName, number>>;
  /** Set when a stage stopped the repository. */
  readonly stopped?: { readonly stage: StageName; readonly error: ErrorRecord };
  /** Set when it was only looked at: nothing had changed, or it failed too often lately. */
  readonly rested?: Rest;
};

/** Why a repository was only looked at. */
export type Rest = { readonly kind: "unchanged" | "failing"; readonly because: string };

/** A whole night, as the report and the notifier read it. */
export type NightResult = {
  readonly night: NightId;
  readonly startedAt: string;
  readonly ms: number;
  readonly dryRun: boolean;
  readonly repos: readonly RepoResult[];
  /** What the window had no room for: it goes on the next night. Absent where that is nothing. */
  readonly left?: readonly RepoKey[];
};
