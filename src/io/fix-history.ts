import type { FixCommit, Hunk } from "../core/fix.ts";
import { git } from "./git.ts";

/** What is asked of the history: the fixes of the months before a commit. */
export type FixHistoryRequest = {
  readonly mirror: string;
  readonly commit: string;
  /** Nothing older than this moment is looked at. */
  readonly since: Date;
  readonly signal?: AbortSignal;
};

/** Of a history with more fixes the newest are read. */
const mostCommits = 1500;

/** A commit that changes more files than this is a sweep through the repository and no fix of one thing. */
const mostFiles = 15;

const mends =
  /\b(?:fix(?:e[sd])?|bug|bugs|crash(?:e[sd])?|regression|leak(?:s|ed)?|race|wrong(?:ly)?|incorrect(?:ly)?|correct(?:s|ed|ly)?|prevent(?:s|ed)?|secur(?:e|ity)|vulnerab\w*|null|undefined|escape[sd]?)\b/i;

const isChore =
  /\b(?:lint|eslint|prettier|format(?:ting)?|typos?|deps?|dependenc\w+|bump|upgrade|docs?|readme|changelog|release|merge|revert|ci|tests?|types?|typings?|translations?|i18n|styles?)\b/i;

const sources = ["*.ts", "*.tsx", "*.js", "*.jsx", "*.mts", "*.cts", "*.mjs", "*.cjs"].map(
  (pattern) => `:(glob)**/${pattern}`,
);

/** Reads the fixes of a stretch of history with what each changed in the sources, newest first. */
export async function readFixes({ mirror, commit, since, signal }: FixHistoryRequest): Promise<readonly FixCommit[]> {
  const words = [
    "log",
    "--no-merges",
    "--extended-regexp",
    "--regexp-ignore-case",
    "--grep=fix|bug|crash|regress|leak|race|wrong|correct|prevent|secur|vulnerab|null|undefined|escape",
    `--max-count=${mostCommits}`,
    `--since=${since.toISOString()}`,
    "--patch",
    "--unified=4",
    "--no-ext-diff",
    "--no-renames",
    "--diff-filter=M",
    "--format=%x01%H%x00%ct%x00%s",
    commit,
    "--",
    ...sources,
  ];
  const output = await git({ directory: mirror, words, signal });
  return output
    .split("\x01")
    .flatMap(readFix)
    .filter(({ subject }) => mends.test(subject) && !isChore.test(subject));
}

function readFix(text: string): readonly FixCommit[] {
  const [commit, seconds, rest] = text.split("\0");
  if (commit === undefined || seconds === undefined || rest === undefined) return [];
  const [subject = "", ...lines] = rest.split("\n");
  const hunks = readHunks(lines);
  const files = new Set(hunks.map(({ file }) => file));
  if (files.size === 0 || files.size > mostFiles) return [];
  return [{ commit, date: new Date(Number(seconds) * 1000).toISOString(), subject, hunks }];
}

function readHunks(lines: readonly string[]): readonly Hunk[] {
  const hunks: { file: string; before: string[]; after: string[] }[] = [];
  let file = "";
  let open: (typeof hunks)[number] | undefined;
  for (const line of lines) {
    if (line.startsWith("diff --git ")) open = undefined;
    else if (open === undefined && line.startsWith("+++ b/")) file = line.slice("+++ b/".length).replace(/\t$/, "");
    else if (line.startsWith("@@ ")) {
      open = { file, before: [], after: [] };
      hunks.push(open);
    } else if (open !== undefined) {
      const text = line.slice(1);
      if (line.startsWith(" ") || line.startsWith("-")) open.before.push(text);
      if (line.startsWith(" ") || line.startsWith("+")) open.after.push(text);
    }
  }
  return hunks;
}
