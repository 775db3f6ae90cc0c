import { commitTree, treeOf } from "./git-tree.ts";
import { git, lines, records, type GitCredentials } from "./git.ts";

/** A commit with what it says. */
export type ToldCommit = { readonly commit: string; readonly message: string };

/** Brings a commit that a branch does not have (any more) into the mirror, by a ref or a hash of another repository. */
export async function fetchCommit(
  mirror: string,
  from: { readonly source: string; readonly ref: string; readonly credentials?: GitCredentials | undefined },
  signal?: AbortSignal,
): Promise<string> {
  const { source, ref, credentials } = from;
  const kept = "refs/nightsweep/undo";
  const words = [
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-auto-gc",
    "--no-write-fetch-head",
    "--",
    source,
    `+${ref}:${kept}`,
  ];
  await git({ directory: mirror, words, signal, credentials });
  return (await git({ directory: mirror, words: ["rev-parse", "--verify", kept], signal })).trim();
}

/** The commits that lead to a head, newest first; no more than `most`. */
export async function listCommits(
  mirror: string,
  { head, most }: { readonly head: string; readonly most: number },
  signal?: AbortSignal,
): Promise<readonly ToldCommit[]> {
  const words = ["log", "-z", `--max-count=${most}`, "--format=%H%n%B", head];
  return records(await git({ directory: mirror, words, signal })).map((record) => {
    const end = record.indexOf("\n");
    return { commit: record.slice(0, end), message: record.slice(end + 1) };
  });
}

/** What taking a commit back comes to. */
export type Reverted =
  { readonly kind: "tree"; readonly tree: string } | { readonly kind: "conflict"; readonly files: readonly string[] };

/**
 * Works out the tree of `onto` without what a commit did. git merges over the commit itself: towards `onto` on one side
 * and towards the commit's parent on the other. Older versions of git take no base, so both sides become its children.
 */
export async function revertOnto(
  mirror: string,
  { commit, onto }: { readonly commit: string; readonly onto: string },
  signal?: AbortSignal,
): Promise<Reverted> {
  const sides = [onto, `${commit}^`].map(async (side) => {
    const tree = await treeOf(mirror, side, signal);
    return commitTree(mirror, { tree, parent: commit, message: "side", date: "2026-01-01T00:00:00Z" }, signal);
  });
  const words = ["merge-tree", "--write-tree", "--name-only", "--no-messages", ...(await Promise.all(sides))];
  const [tree = "", ...files] = lines(await git({ directory: mirror, words, accept: [1], signal }));
  return files.length === 0 ? { kind: "tree", tree } : { kind: "conflict", files: [...new Set(files)] };
}
