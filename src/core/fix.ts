import type { RepoPath } from "./names.ts";

/** One place that a commit changed: its lines before and after, those around it included. */
export type Hunk = {
  readonly file: RepoPath;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** A commit whose subject says that it mends something, with what it changed in the sources. */
export type FixCommit = {
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
  readonly subject: string;
  readonly hunks: readonly Hunk[];
};
