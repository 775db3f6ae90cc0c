import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { NightsweepError } from "../core/errors.ts";
import type { RepoPath } from "../core/names.ts";
import { readTextIfPresent, temporaryDirectory } from "./files.ts";
import { git, lines } from "./git.ts";
import { showFile } from "./git-tree.ts";

/** Lines of a file, counted from 1, both ends included. */
export type LineRange = { readonly start: number; readonly end: number };

/** The commit that touched something last. */
export type Touch = {
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
  readonly subject: string;
  readonly author: string;
};

/** Which lines of which files of a commit are asked about. */
export type BlameRequest = {
  readonly mirror: string;
  readonly commit: string;
  readonly files: readonly { readonly file: RepoPath; readonly ranges: readonly LineRange[] }[];
  /**
   * What was touched after this moment (ISO 8601) may have been moved from another file then, which costs several times
   * as much to find out; what is older is old enough. Left out: lines are only followed within their file.
   */
  readonly movesSince?: string;
  readonly signal?: AbortSignal;
};

/** So many files are asked about at a time: git is busy with one core for each. */
const atOnce = 4;

/**
 * For every range of every file the newest commit that wrote a line of it, by author date; null where history does not
 * say (a range beyond the end, a version of the file that is missing, a line from before a shallow history begins).
 * Renamed files and moved lines are followed, and commits listed in a tracked `.git-blame-ignore-revs` are looked through.
 * One git call a file, two where something may have come from another file.
 */
export async function blame(request: BlameRequest): Promise<(Touch | null)[][]> {
  await using folder = await temporaryDirectory("nightsweep-blame-");
  const ignored = join(folder.path, "ignore-revs");
  await writeFile(ignored, await ignoredCommits(request));
  const cut = await shallowCommits(request);
  const answers: (Touch | null)[][] = request.files.map(() => []);
  const pending = [...request.files.entries()];
  const work = async (): Promise<void> => {
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const [index, { file, ranges }] = next;
      const touches = await blameFile({ ...request, ignored }, file, ranges);
      answers[index] = touches.map((touch) => (touch === null || cut.has(touch.commit) ? null : touch));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, pending.length) }, work));
  return answers;
}

/** The last commit that touched a file, or null when history does not say. */
export async function lastCommit(
  mirror: string,
  commit: string,
  file: RepoPath,
  signal?: AbortSignal,
): Promise<Touch | null> {
  const words = ["log", "-1", "--format=%H%x00%at%x00%an%x00%s", commit, "--", `:(literal)${file}`];
  const [hash, seconds, author, subject] = (await git({ directory: mirror, words, signal })).trimEnd().split("\0");
  if (hash === undefined || seconds === undefined || author === undefined || subject === undefined) return null;
  return { commit: hash, date: isoDate(Number(seconds)), subject, author };
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

/** The commits at which a shallow history begins: their lines may be of any age. */
async function shallowCommits({ mirror, signal }: BlameRequest): Promise<ReadonlySet<string>> {
  const answer = await git({ directory: mirror, words: ["rev-parse", "--git-path", "shallow"], signal });
  return new Set(lines((await readTextIfPresent(resolve(mirror, answer.trim()))) ?? ""));
}

type Search = BlameRequest & { readonly ignored: string };

async function blameFile(search: Search, file: RepoPath, ranges: readonly LineRange[]): Promise<(Touch | null)[]> {
  if (ranges.length === 0) return [];
  const touched = await askGit(search, file, { ranges, options: ["-M"] });
  const isRecent = (range: LineRange) => {
    const last = newest(within(touched, range));
    return search.movesSince !== undefined && last !== null && last.date > search.movesSince;
  };
  const recent = ranges.filter(isRecent);
  const moved = recent.length === 0 ? [] : await askGit(search, file, { ranges: recent, options: ["-M", "-C"] });
  const answers: (Touch | null)[] = [];
  for (const range of ranges) {
    const lines = within(touched, range);
    const origins = recent.includes(range) ? within(moved, range) : [];
    answers.push(newest(origins.length === 0 ? lines : await followMoves(search, lines, origins)));
  }
  return answers;
}

async function askGit(
  { mirror, commit, ignored, signal }: Search,
  file: RepoPath,
  { ranges, options }: { readonly ranges: readonly LineRange[]; readonly options: readonly string[] },
): Promise<readonly BlamedLine[]> {
  const wanted = ranges.flatMap(({ start, end }) => ["-L", `${start},${end}`]);
  const words = ["blame", "--line-porcelain", ...options, "--ignore-revs-file", ignored, ...wanted, commit, "--", file];
  try {
    return parseBlame(await git({ directory: mirror, words, signal }));
  } catch (error) {
    // One file without a history (a missing blob, a range that git refuses) leaves its candidates without an age.
    if (error instanceof NightsweepError && error.code === "GIT_FAILED") return [];
    throw error;
  }
}

/** A shorter line stands in every file. */
const tellingLength = 4;

/**
 * Lines that came from another file are as old as they were there, if the commit that brought them took them away there.
 * git itself does not tell a move from a copy, and a copy is new code.
 */
async function followMoves(
  { mirror, signal }: Search,
  touched: readonly BlamedLine[],
  origins: readonly BlamedLine[],
): Promise<readonly BlamedLine[]> {
  const byLine = new Map(touched.map((line) => [line.line, line]));
  const travels = origins.map((origin) => ({ origin, arrival: byLine.get(origin.line) ?? origin }));
  const followed: BlamedLine[] = [];
  for (const [key, group] of Map.groupBy(travels, ({ origin, arrival }) => `${arrival.commit} ${origin.from}`)) {
    const [commit = "", ...path] = key.split(" ");
    const hasTravelled = group.some(({ origin, arrival }) => origin.commit !== arrival.commit);
    const left = hasTravelled ? await showFile(mirror, commit, path.join(" "), signal) : undefined;
    const telling = group.map(({ arrival }) => arrival.text.trim()).filter((text) => text.length >= tellingLength);
    const isCopy = telling.filter((text) => left?.includes(text) === true).length * 2 > telling.length;
    followed.push(...group.map(({ origin, arrival }) => (isCopy ? arrival : origin)));
  }
  return followed;
}

type BlamedLine = Touch & {
  readonly line: number;
  readonly seconds: number;
  /** Where the line stood in that commit, and what it says. */
  readonly from: RepoPath;
  readonly text: string;
};

function within(touched: readonly BlamedLine[], { start, end }: LineRange): readonly BlamedLine[] {
  return touched.filter(({ line }) => line >= start && line <= end);
}

function newest(touched: readonly BlamedLine[]): Touch | null {
  const [last] = touched.toSorted((a, b) => b.seconds - a.seconds || a.line - b.line);
  if (last === undefined) return null;
  const { commit, date, subject, author } = last;
  return { commit, date, subject, author };
}

/** Reads what git says of each line: its commit, facts about that commit, and behind a tab the line itself. */
function parseBlame(text: string): readonly BlamedLine[] {
  const found: BlamedLine[] = [];
  let commit = "";
  let number = 0;
  const facts = new Map<string, string>();
  for (const line of text.split("\n")) {
    const header = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(line);
    if (line.startsWith("\t")) {
      const seconds = Number(facts.get("author-time"));
      const [subject = "", author = "", from = ""] = ["summary", "author", "filename"].map((fact) => facts.get(fact));
      const touch = { commit, date: isoDate(seconds), subject, author };
      found.push({ ...touch, line: number, seconds, from, text: line.slice(1) });
    } else if (header !== null) {
      commit = header[1] ?? "";
      number = Number(header[2]);
      facts.clear();
    } else facts.set(line.split(" ", 1)[0] ?? "", line.slice(line.indexOf(" ") + 1));
  }
  return found;
}

function isoDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/**
 * Whether the author of a commit has committed to the base since a moment, by the address that git wrote. Robots and
 * commits that are not there are nobody.
 */
export async function isActiveAuthor(
  asked: { readonly mirror: string; readonly base: string; readonly commit: string; readonly since: string },
  signal?: AbortSignal,
): Promise<boolean> {
  const { mirror, base, commit, since } = asked;
  const show = ["show", "--no-patch", "--format=%ae%x00%an", commit, "--"];
  const [email = "", name = ""] = (await git({ directory: mirror, words: show, accept: [128], signal }))
    .trim()
    .split("\0");
  if (email === "" || /\[bot\]|\bbot\b/i.test(`${name} ${email}`)) return false;
  const log = ["log", "-1", "--format=%H", "--fixed-strings", `--author=<${email}>`, `--since=${since}`, base, "--"];
  return (await git({ directory: mirror, words: log, signal })).trim() !== "";
}

/**
 * The first commit of the base that says that it reverts one of some commits, or the change with that title, as the button
 * of GitHub words it; null: none does.
 */
export async function findRevert(
  asked: {
    readonly mirror: string;
    readonly base: string;
    readonly commits: readonly string[];
    readonly title: string;
  },
  signal?: AbortSignal,
): Promise<string | null> {
  const { mirror, base, commits, title } = asked;
  const greps = [`Revert "${title}"`, ...commits.map((commit) => `This reverts commit ${commit}`)].map(
    (text) => `--grep=${text}`,
  );
  const words = ["log", "-1", "--format=%H", "--fixed-strings", ...greps, base, "--"];
  const found = (await git({ directory: mirror, words, signal })).trim();
  return found === "" ? null : found;
}
