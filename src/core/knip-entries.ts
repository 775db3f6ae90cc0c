import type { RepoPath } from "./names.ts";

/** An entry that the configuration of knip lacks. */
export type KnipEntryPattern = {
  /** Folder of the package that the pattern is relative to, `""` for the top one. */
  readonly workspace: RepoPath;
  /** A path or a glob as knip takes it: with `!` behind it when it is production code. */
  readonly pattern: string;
  /** Why the files are alive, in words. */
  readonly because: string;
  /** How many files it stands for. */
  readonly files: number;
};

/** What a configuration of knip lacks, and the tracked file that it goes into; that may not exist yet. */
export type KnipProposal = {
  readonly file: RepoPath;
  /** Packages that are no workspaces and have to be named for knip to look at them as such. */
  readonly workspaces: readonly RepoPath[];
  readonly entries: readonly KnipEntryPattern[];
};
