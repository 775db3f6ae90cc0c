import type { Rename } from "../core/backtest.ts";
import type { RepoPath } from "../core/names.ts";
import { git, lines, records } from "./git.ts";

/** A commit on a branch, with the time at which it came there (the committer's), ISO 8601. */
export type BranchCommit = { readonly commit: string; readonly date: string; readonly subject: string };

const format = "--format=%H%x00%ct%x00%s";

/** The commits of a branch itself, newest first: what a merge brought counts as the merge. */
export async function listFirstParents(
  mirror: string,
  tip: string,
  signal?: AbortSignal,
): Promise<readonly BranchCommit[]> {
  return readCommits(await git({ directory: mirror, words: ["log", "--first-parent", format, tip], signal }));
}

/** Whether older commits were left out when the repository was copied. */
export async function isShallow(mirror: string, signal?: AbortSignal): Promise<boolean> {
  return (await git({ directory: mirror, words: ["rev-parse", "--is-shallow-repository"], signal })).trim() === "true";
}

/** Files that have another path at the later of two commits; content that is much the same tells. */
export async function listRenames(mirror: string, range: Stretch, signal?: AbortSignal): Promise<readonly Rename[]> {
  const words = ["diff", "--name-status", "-z", "--diff-filter=R", "--find-renames", "-l2000", range.from, range.to];
  const parts = records(await git({ directory: mirror, words, signal }));
  return parts.flatMap((status, at) =>
    /^R\d+$/.test(status) ? [{ from: parts[at + 1] ?? "", to: parts[at + 2] ?? "" }] : [],
  );
}

/** A stretch of the branch, without its first commit. */
export type Stretch = { readonly from: string; readonly to: string };

const eachCommit = ["log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--reverse", format];

/** The commits of a stretch after which a text stands more or less often in a file, or anywhere; oldest first. */
export async function findChangesOf(
  mirror: string,
  { from, to }: Stretch,
  change: { readonly text: string; readonly file?: RepoPath },
  signal?: AbortSignal,
): Promise<readonly BranchCommit[]> {
  const place = change.file === undefined ? [] : ["--", `:(literal)${change.file}`];
  const words = [...eachCommit, `-S${change.text}`, `${from}..${to}`, ...place];
  return readCommits(await git({ directory: mirror, words, signal }));
}

/** The commits of a stretch that took a file away, oldest first. */
export async function findDeletionsOf(
  mirror: string,
  { from, to }: Stretch,
  file: RepoPath,
  signal?: AbortSignal,
): Promise<readonly BranchCommit[]> {
  const words = [...eachCommit, "--diff-filter=D", `${from}..${to}`, "--", `:(literal)${file}`];
  return readCommits(await git({ directory: mirror, words, signal }));
}

function readCommits(text: string): readonly BranchCommit[] {
  return lines(text).flatMap((line) => {
    const [commit, seconds, subject = ""] = line.split("\0");
    if (commit === undefined || seconds === undefined) return [];
    return [{ commit, date: new Date(Number(seconds) * 1000).toISOString(), subject }];
  });
}
