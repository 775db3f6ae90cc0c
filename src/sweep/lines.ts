import { structuredPatch, type StructuredPatchHunk } from "diff";
import type { FileChange } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";

/** A run of lines that differ, with up to `context` lines around it; `oldStart` counts from 1, as in a unified diff. */
export type Hunk = Pick<StructuredPatchHunk, "oldStart" | "oldLines" | "newStart" | "newLines" | "lines">;

/** Compares a changed file with its text at the base commit, line by line; a deleted file has lost every line. */
export function compareLines(
  change: FileChange,
  texts: Readonly<Record<RepoPath, string>>,
  context: number,
): readonly Hunk[] {
  const before = texts[change.file] ?? "";
  const after = change.kind === "write" ? change.text : "";
  return structuredPatch("", "", before, after, undefined, undefined, { context }).hunks;
}
