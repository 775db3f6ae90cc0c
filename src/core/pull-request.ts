import type { CandidateId } from "./names.ts";

/** A pull request that is ready to be opened: everything a forge needs, nothing it has to decide. */
export type PullRequestDraft = {
  /** `nightsweep/<category>/<scope>-<fingerprint>`. */
  readonly branch: string;
  readonly base: { readonly branch: string; readonly commit: string };
  /** The commit on top of `base.commit` whose tree was checked. */
  readonly head: { readonly commit: string; readonly tree: string };
  readonly title: string;
  /** Markdown; ends with the hidden metadata. */
  readonly body: string;
  readonly labels: readonly string[];
  readonly candidates: readonly CandidateId[];
};

/** A pull request of ours as the forge knows it. */
export type PullRequest = {
  readonly branch: string;
  readonly number: number;
  readonly url: string;
  readonly state: "open" | "merged" | "closed";
  readonly candidates: readonly CandidateId[];
};

/** What became of one batch, by name, as `explain` and the report show it. */
export type Outcome =
  | {
      readonly kind: "opened" | "already-open";
      readonly branch: string;
      readonly url: string;
      readonly candidates: readonly CandidateId[];
    }
  | { readonly kind: "would-open"; readonly branch: string; readonly candidates: readonly CandidateId[] }
  | {
      /** `branch-taken`: somebody else's commit stands on the branch; it is theirs. */
      readonly kind: "closed-before" | "over-limit" | "branch-taken";
      readonly branch: string;
      readonly candidates: readonly CandidateId[];
      readonly because: string;
    };

/** The record of the publish stage. */
export type Publication = {
  readonly forge: string;
  readonly outcomes: readonly Outcome[];
  /** Candidates that the policy proposed and that the checks held back, each with the reason. */
  readonly held?: readonly { readonly id: CandidateId; readonly because: string }[];
};
