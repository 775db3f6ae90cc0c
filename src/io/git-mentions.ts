import { NightsweepError } from "../core/errors.ts";
import type { RepoPath } from "../core/names.ts";
import { git } from "./git.ts";

/** A branch whose commits, which the base does not have, change how often a name stands in the code. */
export type BranchMention = { readonly branch: string; readonly text: string };

/** Where to look for a name. */
export type MentionSearch = {
  readonly mirror: string;
  readonly base: string;
  readonly name: string;
  /** ISO 8601; older commits on branches were given up. */
  readonly since: string;
  readonly signal: AbortSignal;
};

const mostCommits = 4;
const mostLines = 6;
const longestLine = 300;

/**
 * The commits of other branches that bring new uses of a name, each with the lines that they add. Our own branches, which
 * take the name away, are left out.
 */
export async function branchMentions(search: MentionSearch): Promise<readonly BranchMention[]> {
  const { mirror, base, name, since, signal } = search;
  const range = ["--exclude=nightsweep/*", "--branches", "--not", base];
  const format = [
    "--format=%x00%S%x01%h %cs %s",
    "--source",
    "--unified=0",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
  ];
  const words = ["log", `-S${name}`, `-n${mostCommits}`, `--since=${since}`, ...format, ...range, "--"];
  const answer = await git({ directory: mirror, words, signal }).catch((error: unknown) => {
    // A history with holes has less to say; that is no reason to stop.
    if (error instanceof NightsweepError && error.code === "GIT_FAILED") return "";
    throw error;
  });
  return answer
    .split("\0")
    .slice(1)
    .flatMap((commit) => {
      const [ref = "", rest = ""] = commit.split("\x01", 2);
      const [headline = "", ...patch] = rest.split("\n");
      const added = patch.filter((line) => /^\+(?!\+\+ )/.test(line) && line.includes(name));
      if (added.length === 0) return [];
      const shown = added.slice(0, mostLines).map((line) => line.slice(1, longestLine));
      return [{ branch: ref.replace(/^refs\/heads\//, ""), text: [headline, ...shown].join("\n") }];
    });
}

/** The last commits that touched a file: hash, day and title of each. */
export async function fileHistory(
  mirror: string,
  commit: string,
  file: RepoPath,
  signal: AbortSignal,
): Promise<string> {
  const words = ["log", "-n8", "--format=%h %cs %s", commit, "--", `:(literal)${file}`];
  return (await git({ directory: mirror, words, signal, accept: [128] })).trim();
}
