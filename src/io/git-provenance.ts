import type { RepoPath } from "../core/names.ts";
import { git, lines } from "./git.ts";

/** A commit of the past, as far as a reader needs to know it. */
export type PastCommit = {
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
  readonly subject: string;
};

const format = "--format=%H%x00%aI%x00%s";

/**
 * The commit with which a name came into a file, or with which the file came; null where history does not say. Renames of
 * the file are followed; of code that was moved from another file it is the move.
 */
export async function findIntroduction(
  asked: { readonly mirror: string; readonly base: string; readonly file: RepoPath; readonly name: string | null },
  signal?: AbortSignal,
): Promise<PastCommit | null> {
  const { mirror, base, file, name } = asked;
  const what = name === null ? "--diff-filter=A" : `-S${name}`;
  // git follows one file only, and takes its path as it stands there.
  const words = [
    "--literal-pathspecs",
    "log",
    "--follow",
    "--no-ext-diff",
    "--no-textconv",
    what,
    format,
    base,
    "--",
    file,
  ];
  return parse(lines(await git({ directory: mirror, words, accept: [128], signal })).at(-1));
}

/** The merge with which a commit came into the base; null for one that was made there, or is not part of it. */
export async function findMerge(
  asked: { readonly mirror: string; readonly base: string; readonly commit: string },
  signal?: AbortSignal,
): Promise<PastCommit | null> {
  const { mirror, base, commit } = asked;
  const words = ["log", "--first-parent", "--ancestry-path", `${format}%x00%P`, `${commit}..${base}`, "--"];
  const first = lines(await git({ directory: mirror, words, accept: [128], signal })).at(-1);
  const [main, ...others] = (first?.split("\0")[3] ?? "").split(" ");
  return others.length === 0 || main === commit ? null : parse(first);
}

function parse(line: string | undefined): PastCommit | null {
  const [commit = "", date = "", subject = ""] = (line ?? "").split("\0");
  return commit === "" ? null : { commit, date, subject };
}
