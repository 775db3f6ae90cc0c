import type { KnipProposal } from "./knip-entries.ts";
import type { RepoPath } from "./names.ts";

/** A half-open range of UTF-16 code units in a file's text at the base commit. */
export type Span = { readonly start: number; readonly end: number };

/**
 * One change against the base commit. Edits of several candidates are merged by `sweep/merge.ts`, so an edit says what
 * is to go, not which blank lines and commas go with it.
 */
export type Edit =
  /** The whole file goes. */
  | { readonly kind: "delete-file"; readonly file: RepoPath }
  /** A whole statement or declaration goes, with the comments that belong to it. */
  | { readonly kind: "remove"; readonly file: RepoPath; readonly span: Span }
  /**
   * One item of a comma-separated list goes (import or export specifier, declarator, enum member). When all `size`
   * items of the list go, `owner` goes too; with `whenEmpty` it is replaced by that text instead.
   */
  | {
      readonly kind: "remove-item";
      readonly file: RepoPath;
      readonly span: Span;
      readonly owner: Span;
      readonly size: number;
      readonly whenEmpty?: string;
      /** Only if every one of these places is removed by other edits: positions of the remaining uses. */
      readonly unlessUsedAt?: readonly number[];
    }
  /** A comment goes, and nothing of what stands around it. */
  | { readonly kind: "remove-comment"; readonly file: RepoPath; readonly span: Span }
  /**
   * Of the span only `keep` stays, moved out to the indentation of the line on which the span begins; other edits may
   * still change what is kept. Lines that begin inside a `rigid` span (a template) stay where they are.
   */
  | {
      readonly kind: "unwrap";
      readonly file: RepoPath;
      readonly span: Span;
      readonly keep: Span;
      readonly rigid: readonly Span[];
    }
  /** The text of the span becomes another (dropping the word `export`, keeping a call for its effect). */
  | {
      readonly kind: "replace";
      readonly file: RepoPath;
      readonly span: Span;
      readonly text: string;
      /** Nothing of the old text is used by the new one. */
      readonly drops?: true;
    }
  /** A name is imported: beside others from the same module, or in a new statement at that place. */
  | {
      readonly kind: "add-import";
      readonly file: RepoPath;
      readonly at: number;
      readonly specifier: string;
      readonly imported: string;
      readonly local: string;
      readonly typeOnly: boolean;
      /** How the file writes the end of a statement and its texts. */
      readonly quote: "'" | '"';
      readonly semicolon: boolean;
    }
  /** An entry of a package.json goes: `["devDependencies", "left-pad"]`. The lock file follows at verification. */
  | { readonly kind: "remove-json"; readonly file: RepoPath; readonly path: readonly string[] }
  /** The configuration of knip gets entries that it lacks; the file is made when it is not there. */
  | ({ readonly kind: "add-knip-entries" } & KnipProposal);

/** What one file becomes; the only thing that is ever written into a tree. */
export type FileChange =
  | { readonly kind: "write"; readonly file: RepoPath; readonly text: string }
  | { readonly kind: "delete"; readonly file: RepoPath };

/** Sizes of a change, counted from the merged texts. */
export type ChangeSize = { readonly files: number; readonly linesRemoved: number; readonly linesAdded: number };
