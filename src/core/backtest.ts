import type { Candidate } from "./candidate.ts";
import type { Alarm } from "./marking.ts";
import type { RepoPath } from "./names.ts";

/** What stands in a file at one point of the history: a declaration, a part of one, the file itself or a dependency. */
export type Thing = {
  /** Name path; the base name for the file itself, as candidates call it. */
  readonly name: string;
  /** Of its own text without white space: it is the same after a move and after a new layout. */
  readonly hash: string;
  /** Something alive reaches it. */
  readonly live: boolean;
};

/** All that stands in a repository, by file. */
export type Inventory = ReadonlyMap<RepoPath, readonly Thing[]>;

/** What the mark and the passes say of a repository at one commit of its history. */
export type Point = {
  readonly commit: string;
  /** When it came to the branch, ISO 8601. */
  readonly date: string;
  readonly alarms: readonly Alarm[];
  readonly candidates: readonly Candidate[];
  readonly inventory: Inventory;
};

/** A file that has another path at a later point. */
export type Rename = { readonly from: RepoPath; readonly to: RepoPath };
