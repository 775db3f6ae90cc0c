import type { ChangeSize, FileChange } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import { compareLines } from "./lines.ts";

/** How large changes are: files, and the lines that a diff shows as removed and added. */
export function measure(changes: readonly FileChange[], texts: Readonly<Record<RepoPath, string>>): ChangeSize {
  const lines = changes.flatMap((change) => compareLines(change, texts, 0).flatMap((hunk) => hunk.lines));
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  return { files: changes.length, linesRemoved: count("-"), linesAdded: count("+") };
}
