import type { Category } from "./policy.ts";
import type { PullRequest } from "./pull-request.ts";

/** A pull request of ours as the store remembers it. */
type StandingPullRequest = Pick<PullRequest, "branch" | "number" | "url" | "state" | "candidates"> & {
  /** The night that saw it first. */
  readonly night: string;
  readonly endedAt: string | null;
};

/** What people made so far of what was proposed to one repository; all but the pull requests are counts of candidates. */
export type RepoStanding = {
  readonly pullRequests: readonly StandingPullRequest[];
  readonly merged: number;
  /** Of the merged: just as they were proposed, as far as that is known. */
  readonly untouched: number;
  readonly refused: number;
  /** Merged and taken back, or there again. */
  readonly resurrected: number;
  /** The same by the category of the candidate; only those that have one. */
  readonly byPass?: Partial<Readonly<Record<Category, PassStanding>>>;
};

/** What people made of the candidates of one pass. */
type PassStanding = { readonly merged: number; readonly refused: number; readonly resurrected: number };
