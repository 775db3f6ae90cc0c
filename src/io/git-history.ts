import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NightsweepError } from "../core/errors.ts";
import type { RepoPath } from "../core/names.ts";
import { temporaryDirectory } from "./files.ts";
import { git, lines } from "./git.ts";
import { showFile } from "./git-tree.ts";

/** Lines of a file, counted from 1, both ends included. */
export type LineRange = { readonly start: number; readonly end: number };

/** The commit that touched something last. */
export type Touch = { readonly commit: string; /** ISO 8601. */ readonly date: string; readonly subject: string };

/** Which lines of which files of a commit are asked about. */
export type BlameRequest = {
  readonly mirror: string;
  readonly commit: string;
  readonly files: readonly { readonly file: RepoPath; readonly ranges: readonly LineRange[] }[];
  readonly signal?: AbortSignal;
};

/**
 * For every range of every file the newest commit that wrote a line of it, by author date; null where history does not
 * say (a range beyond the end, a version of the file that is missing). Commits listed in a tracked
 * `.git-blame-ignore-revs` are looked through. One git call a file.
 */
export async function blame(request: BlameRequest): Promise<(Touch | null)[][]> {
  await using folder = await temporaryDirectory("nightsweep-blame-");
  const ignored = join(folder.path, "ignore-revs");
  await writeFile(ignored, await ignoredCommits(request));
  const answers: (Touch | null)[][] = [];
  for (const { file, ranges } of request.files) {
    const touched = await blameFile(request, file, ranges, ignored);
    answers.push(ranges.map((range) => newest(touched, range)));
  }
  return answers;
}

/** The last commit that touched a file, or null when history does not say. */
export async function lastCommit(
  mirror: string,
  commit: string,
  file: RepoPath,
  signal?: AbortSignal,
): Promise<Touch | null> {
  const words = ["log", "-1", "--format=%H%x00%at%x00%s", commit, "--", `:(literal)${file}`];
  const [hash, seconds, subject] = (await git({ directory: mirror, words, signal })).trimEnd().split("\0");
  if (hash === undefined || seconds === undefined || subject === undefined) return null;
  return { commit: hash, date: isoDate(Number(seconds)), subject };
}

/** An unknown hash in the list would make git refuse to blame at all, so only commits that are there are passed on. */
async function ignoredCommits(request: BlameRequest): Promise<string> {
  const { mirror, commit, signal } = request;
  const text = (await showFile(mirror, commit, ".git-blame-ignore-revs", signal)) ?? "";
  const hashes = lines(text).flatMap((line) => /^\s*([0-9a-f]{40,64})\b/i.exec(line)?.[1] ?? []);
  if (hashes.length === 0) return "";
  const words = ["cat-file", "--batch-check=%(objecttype) %(objectname)"];
  const answer = await git({ directory: mirror, words, input: `${hashes.join("\n")}\n`, signal });
  return lines(answer)
    .flatMap((line) => (line.startsWith("commit ") ? [`${line.slice("commit ".length)}\n`] : []))
    .join("");
}

type BlamedLine = Touch & { readonly line: number; readonly seconds: number };

async function blameFile(
  request: BlameRequest,
  file: RepoPath,
  ranges: readonly LineRange[],
  ignored: string,
): Promise<readonly BlamedLine[]> {
  if (ranges.length === 0) return [];
  const wanted = ranges.flatMap(({ start, end }) => ["-L", `${start},${end}`]);
  const options = ["--porcelain", "--ignore-revs-file", ignored, ...wanted];
  const words = ["blame", ...options, request.commit, "--", file];
  try {
    return parseBlame(await git({ directory: request.mirror, words, signal: request.signal }));
  } catch (error) {
    // One file without a history (a missing blob, a range that git refuses) leaves its candidates without an age.
    if (error instanceof NightsweepError && error.code === "GIT_FAILED") return [];
    throw error;
  }
}

function newest(touched: readonly BlamedLine[], { start, end }: LineRange): Touch | null {
  const inside = touched.filter(({ line }) => line >= start && line <= end);
  const last = inside.toSorted((a, b) => b.seconds - a.seconds || a.line - b.line)[0];
  return last === undefined ? null : { commit: last.commit, date: last.date, subject: last.subject };
}

function parseBlame(text: string): readonly BlamedLine[] {
  const seconds = new Map<string, number>();
  const subjects = new Map<string, string>();
  const found: { commit: string; line: number }[] = [];
  let commit = "";
  for (const line of text.split("\n")) {
    const header = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(line);
    if (header !== null) {
      commit = header[1] ?? "";
      found.push({ commit, line: Number(header[2]) });
    } else if (line.startsWith("author-time ")) seconds.set(commit, Number(line.slice("author-time ".length)));
    else if (line.startsWith("summary ")) subjects.set(commit, line.slice("summary ".length));
  }
  return found.map((entry) => {
    const time = seconds.get(entry.commit) ?? 0;
    return { ...entry, seconds: time, date: isoDate(time), subject: subjects.get(entry.commit) ?? "" };
  });
}

function isoDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
