import type { RepoPath } from "./names.ts";

/** A name, or the source of a regular expression. */
export type NamePattern = { readonly kind: "name" | "expression"; readonly text: string };

/** What the configuration of knip wants to be left alone below one folder. */
export type KnipIgnore = {
  readonly directory: RepoPath;
  /** `ignore` and `ignoreFiles`: globs below the folder. */
  readonly files: readonly string[];
  readonly loads: readonly string[];
  /** `ignoreMembers`, `ignoreDependencies`, `ignoreBinaries`. */
  readonly members: readonly NamePattern[];
  readonly dependencies: readonly NamePattern[];
  readonly binaries: readonly NamePattern[];
  /** `ignoreExportsUsedInFile`. */
  readonly usedInFile: boolean;
};

/** The same of all packages, with the documentation tags that knip reports alone and those that it never reports. */
export type KnipIgnores = {
  readonly packages: readonly KnipIgnore[];
  readonly onlyTags: readonly string[];
  readonly neverTags: readonly string[];
};

/** Nothing is ignored. */
export const noIgnores: KnipIgnores = { packages: [], onlyTags: [], neverTags: [] };
