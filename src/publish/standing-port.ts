import type { PullRequestMetadata } from "../core/metadata.ts";
import type { PullRequestDraft } from "../core/pull-request.ts";
import type { Source } from "./forge.ts";

/** A check of the forge that is red on the head of a pull request. */
export type RedCheck = {
  readonly name: string;
  /** What it says for itself: title, summary, annotations. Foreign text. */
  readonly text: string;
  /** The same check on the base: where that is red too, it says nothing of the pull request. */
  readonly onBase: "green" | "red" | "unknown";
};

/** What the checks of the repository say of a commit. */
export type CheckState =
  | { readonly kind: "none" | "pending" }
  | { readonly kind: "green"; readonly names: readonly string[] }
  | { readonly kind: "red"; readonly red: readonly RedCheck[] };

/** A comment of a person on a pull request. */
export type PersonComment = {
  readonly id: number;
  readonly author: string;
  /** Whether its author may push to the repository; nobody else gives orders. */
  readonly mayWrite: boolean;
  readonly text: string;
  readonly at: string;
};

/** A pull request of ours with all that the forge says of it now. */
export type ObservedPullRequest = {
  readonly number: number;
  readonly branch: string;
  readonly url: string;
  readonly title: string;
  readonly state: "open" | "merged" | "closed";
  /** Who closed it, where the forge says; null counts as a person unless our label is on it. */
  readonly closedBy: "us" | "person" | null;
  /** What we hid in its description, if we wrote it and it fits; null: it cannot be believed. */
  readonly metadata: PullRequestMetadata | null;
  /** The tip of its branch; null where the forge did not say, or the branch is gone. */
  readonly head: { readonly commit: string; readonly tree: string } | null;
  readonly labels: readonly string[];
  readonly draft: boolean;
  readonly openedAt: string;
  readonly checks: CheckState;
  /** Whether its base has moved against it; null: the forge has not found out yet. */
  readonly conflict: boolean | null;
  readonly queued: boolean;
  readonly autoMerge: boolean;
  /** Logins and teams that were asked, or have answered. */
  readonly reviewers: readonly string[];
  /** A review that asks for changes stands. */
  readonly changesRequested: boolean;
  readonly comments: readonly PersonComment[];
  /** Our own comments on it, by topic. */
  readonly told: readonly { readonly topic: string; readonly at: string }[];
  /** The last word or review of a person; null: there was none. */
  readonly lastWordAt: string | null;
  /** A commit on the base that takes it back. */
  readonly revertedBy: string | null;
};

/** What the forge's settings allow. */
export type ForgeSettings = {
  /** Checks that the base branch requires before a merge. */
  readonly requiredChecks: readonly string[];
  readonly autoMerge: boolean;
  readonly mergeQueue: boolean;
};

/** Who is asked to review: a name of CODEOWNERS, or whoever wrote a commit. */
export type Reviewer =
  { readonly kind: "login" | "team"; readonly name: string } | { readonly kind: "author-of"; readonly commit: string };

/** One write to a standing pull request. */
export type StandingStep =
  | { readonly kind: "mark-ready"; readonly number: number }
  | { readonly kind: "request-review"; readonly number: number; readonly reviewers: readonly Reviewer[] }
  | { readonly kind: "label"; readonly number: number; readonly label: string }
  /** One comment a topic: one that is there is left, or edited where its text is another. */
  | { readonly kind: "comment"; readonly number: number; readonly topic: string; readonly text: string }
  | { readonly kind: "close"; readonly number: number }
  | { readonly kind: "delete-branch"; readonly branch: string; readonly expected: string }
  /** Puts another commit on its branch and another description on it; `expected` is the tip that it must have now. */
  | { readonly kind: "remake"; readonly number: number; readonly draft: PullRequestDraft; readonly expected: string }
  /** The forge's own auto-merge, or its merge queue where the base has one. */
  | { readonly kind: "arm-automerge"; readonly number: number; readonly head: string };

/** How a write ended. `refused`: the forge does not allow it, or what was there is not what was expected. */
export type StepEnd =
  { readonly kind: "done" | "already" | "recorded" } | { readonly kind: "refused"; readonly because: string };

/** The moment of a write, and what ends it. */
type When = { readonly now: string; readonly signal: AbortSignal };

/**
 * The half of a forge that looks after pull requests which stand already. `perform` looks up what is there before it
 * writes, so a step may be repeated. All throw FORGE_REFUSED or FORGE_UNREACHABLE.
 */
export interface StandingPort {
  /** Everything about every pull request of ours: open ones in full, closed ones as far as the listing tells. */
  observe(source: Source, signal: AbortSignal): Promise<readonly ObservedPullRequest[]>;
  settings(source: Source, signal: AbortSignal): Promise<ForgeSettings>;
  perform(step: StandingStep, source: Source, when: When): Promise<StepEnd>;
}
