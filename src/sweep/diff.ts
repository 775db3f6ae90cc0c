import type { FileChange } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import { compareLines, type Hunk } from "./lines.ts";

/** Renders changes as git does, with three lines around each; `git apply` takes the result. */
export function unifiedDiff(changes: readonly FileChange[], texts: Readonly<Record<RepoPath, string>>): string {
  return changes.map((change) => fileDiff(change, compareLines(change, texts, 3))).join("");
}

function fileDiff(change: FileChange, hunks: readonly Hunk[]): string {
  const before = nameInDiff(`a/${change.file}`);
  const after = change.kind === "write" ? nameInDiff(`b/${change.file}`) : "/dev/null";
  const head = `diff --git ${quoteName(`a/${change.file}`)} ${quoteName(`b/${change.file}`)}`;
  const lines = hunks.flatMap((hunk) => [
    `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
    ...hunk.lines,
  ]);
  const kind = change.kind === "delete" ? ["deleted file mode 100644"] : [];
  const names = lines.length === 0 ? [] : [`--- ${before}`, `+++ ${after}`];
  return [head, ...kind, ...names, ...lines].map((line) => `${line}\n`).join("");
}

function range(start: number, count: number): string {
  return count === 1 ? String(start) : `${start},${count}`;
}

/** A tab ends a name that has a space, so that what follows is not taken for a part of it. */
function nameInDiff(name: string): string {
  const quoted = quoteName(name);
  return quoted === name && name.includes(" ") ? `${name}\t` : quoted;
}

const escapes: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\" };

function quoteName(name: string): string {
  const quoted = name.replace(
    /[\u0000-\u001f"\\\u007f]/g,
    (character) => escapes[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
  return quoted === name ? name : `"${quoted}"`;
}
