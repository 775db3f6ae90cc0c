import type { StandingOutcome } from "./lifecycle.ts";
import type { CandidateId } from "./names.ts";

/** One commit of a pull request. */
export type DraftCommit = {
  readonly commit: string;
  readonly tree: string;
  readonly message: string;
  readonly candidates: readonly CandidateId[];
};

/** A pull request that is ready to be opened: everything a forge needs, nothing it has to decide. */
export type PullRequestDraft = {
  /** `nightsweep/<category>/<scope>-<fingerprint>`. */
  readonly branch: string;
  readonly base: { readonly branch: string; readonly commit: string };
  /** One for each candidate on top of `base.commit`, so that one can be taken back alone. */
  readonly commits: readonly DraftCommit[];
  /** The last of them: its tree was checked. A forge that makes the commits itself gives it another hash. */
  readonly head: { readonly commit: string; readonly tree: string };
  readonly title: string;
  /** Markdown for the head that was pushed; ends with the hidden metadata. */
  readonly body: (head: string) => string;
  readonly labels: readonly string[];
  readonly candidates: readonly CandidateId[];
  /** ISO 8601: when the night proposes it. */
  readonly now: string;
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
  /** What became of each pull request that stood already. */
  readonly standing?: readonly StandingOutcome[];
};

/** A standing pull request that is to be made anew tonight: the checks must say first whether it can be. */
export type Remake = { readonly number: number; readonly candidates: readonly CandidateId[] };
