import type { PullRequest, PullRequestDraft } from "../core/pull-request.ts";
import type { Checkout } from "../core/stage.ts";
import type { GitCredentials } from "../io/git.ts";
import type { StandingPort } from "./standing-port.ts";

/** The repository that pull requests are for, and the bare mirror that has our commits. */
export type Source = { readonly record: Checkout; readonly mirror: string };

/** A pull request of ours as it stands now. */
export type KnownPullRequest = PullRequest & {
  /** The commit at the tip of its branch. */
  readonly head: string;
  /** The night that opened it, by its metadata; null when somebody took the metadata out. */
  readonly night: string | null;
  readonly labels: readonly string[];
  /** null: it is open, or the forge does not say. */
  readonly closedAt: string | null;
};

/** What a forge with pages knows of the past of its repository. */
export type ForgeHistory = {
  readonly commitUrl: (commit: string) => string;
  /** An address that leaves no note on the page of that pull request. */
  readonly pullRequestUrl: (number: number) => string;
  /** The pull request that brought a commit; null: none did, or the forge does not say. */
  readonly pullRequestOf: (commit: string, signal: AbortSignal) => Promise<number | null>;
};

/** How opening a pull request ended. */
export type Opening =
  | { readonly kind: "opened" | "already-open"; readonly pullRequest: KnownPullRequest }
  /** It was opened before, and a person has answered since. */
  | { readonly kind: "answered"; readonly pullRequest: KnownPullRequest }
  | { readonly kind: "recorded" }
  | { readonly kind: "branch-taken"; readonly because: string };

/**
 * Where pull requests go. `open` may be called again for the same draft: it looks up what is there before each write
 * and does only what is missing. Both throw FORGE_REFUSED or FORGE_UNREACHABLE.
 */
export interface Forge {
  readonly name: string;
  /**
   * Looks whether the repository can be swept at all, and says what its clone needs; a local one needs nothing. Throws
   * REPOSITORY_ARCHIVED, REPOSITORY_DISABLED, REPOSITORY_FORK, REPOSITORY_MOVED, PERMISSION_MISSING and TOKEN_CLASSIC.
   */
  admit(signal: AbortSignal): Promise<GitCredentials | undefined>;
  /** All pull requests of ours that the forge still knows: open, merged and closed, by number. */
  list(source: Source, signal: AbortSignal): Promise<readonly KnownPullRequest[]>;
  /** Brings the commits of a pull request into the mirror and says which is its last. */
  fetch(pullRequest: KnownPullRequest, source: Source, signal: AbortSignal): Promise<string>;
  open(draft: PullRequestDraft, source: Source, signal: AbortSignal): Promise<Opening>;
  /** Whether somebody may write to the repository: only such people say what is kept. A local forge is its user's own. */
  mayWrite(login: string, signal: AbortSignal): Promise<boolean>;
  /** Absent where there are no pages, and nobody who could write a comment. */
  readonly history?: ForgeHistory;
  /** Looks after what stands already; absent where a forge cannot do that yet. */
  readonly standing?: StandingPort;
}
