import { NightsweepError } from "../core/errors.ts";
import type { RepoPath } from "../core/names.ts";
import { removeDirectory } from "./files.ts";
import { git, records } from "./git.ts";

/**
 * Where we run as root the files of a work tree belong to the user that foreign code runs as, and git would refuse them.
 * The `.git` file, which says what the repository is, no sandbox lets be changed.
 */
const trusting = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "safe.directory", GIT_CONFIG_VALUE_0: "*" };

/** A work tree on one commit, detached; it is removed when its block ends. */
export type Worktree = AsyncDisposable & {
  readonly directory: string;
  /** Tracked files whose content the repository does not have; they are missing in the folder too. */
  readonly missing: readonly RepoPath[];
};

/**
 * Puts the files of a commit into a new folder. Content that the mirror lacks leaves its file out instead of failing,
 * and git is told to look away; the caller decides whether that file matters. Throws GIT_FAILED.
 */
export async function addWorktree(
  mirror: string,
  commit: string,
  directory: string,
  signal?: AbortSignal,
): Promise<Worktree> {
  await git({ directory: mirror, words: ["worktree", "prune"], signal });
  const add = ["worktree", "add", "--force", "--no-checkout", "--detach", directory, commit];
  await git({ directory: mirror, words: add, signal });
  try {
    await git({ directory, words: ["read-tree", "HEAD"], signal });
    await git({ directory, words: ["checkout-index", "--all", "--force", "--quiet"], accept: [1], signal });
    const missing = records(await git({ directory, words: ["ls-files", "--deleted", "-z"], signal }));
    if (missing.length > 0) {
      const input = missing.map((file) => `${file}\0`).join("");
      await git({ directory, words: ["update-index", "-z", "--skip-worktree", "--stdin"], input, signal });
    }
    await git({ directory, words: ["update-index", "-q", "--refresh"], accept: [1], signal });
    return { directory, missing, [Symbol.asyncDispose]: () => removeWorktree(mirror, directory) };
  } catch (error) {
    await removeWorktree(mirror, directory);
    throw error;
  }
}

async function removeWorktree(mirror: string, directory: string): Promise<void> {
  await removeDirectory(directory);
  await git({ directory: mirror, words: ["worktree", "prune"] });
}

/** The regular files that git tracks in a work tree, sorted; no symbolic links and no submodules. */
export async function listFiles(directory: string, signal?: AbortSignal): Promise<RepoPath[]> {
  const entries = records(await git({ directory, words: ["ls-files", "--stage", "-z"], env: trusting, signal }));
  const files = entries.flatMap((entry) => {
    const tab = entry.indexOf("\t");
    return entry.startsWith("100") ? [entry.slice(tab + 1)] : [];
  });
  return files.toSorted();
}

/**
 * Makes the work tree hold exactly a tree: tracked files as in the tree, and everything else removed, ignored files too,
 * except what `keep` (patterns of .gitignore) spares. Stale build output would let a broken tree pass.
 */
export async function resetWorktree(
  directory: string,
  tree: string,
  keep: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  await git({ directory, words: ["read-tree", "--reset", "-u", tree], env: trusting, signal });
  const spared = keep.map((pattern) => `--exclude=${pattern}`);
  await git({ directory, words: ["clean", "-ffdxq", ...spared], env: trusting, signal });
}

/**
 * Moves a work tree to another commit and returns the regular files that are there, sorted: only what differs is written.
 * Content that the repository does not have leaves its file out.
 */
export async function moveWorktree(directory: string, commit: string, signal?: AbortSignal): Promise<RepoPath[]> {
  const call = { directory, env: trusting, signal };
  await git({ ...call, words: ["read-tree", "--reset", commit] });
  await git({ ...call, words: ["checkout-index", "--all", "--force", "--index", "--quiet"], accept: [1] });
  await git({ ...call, words: ["clean", "-ffdxq"] });
  const missing = new Set(records(await git({ ...call, words: ["ls-files", "--deleted", "-z"] })));
  return (await listFiles(directory, signal)).filter((file) => !missing.has(file));
}

/** Makes the tracked files what the index says, as after an install that rewrote a lock file. */
export async function restoreFiles(directory: string, signal?: AbortSignal): Promise<void> {
  const call = { directory, env: trusting, signal };
  const changed = records(await git({ ...call, words: ["diff-files", "--name-only", "-z"] }));
  if (changed.length === 0) return;
  const input = changed.map((file) => `${file}\0`).join("");
  await git({ ...call, words: ["checkout-index", "--force", "-z", "--stdin"], input });
}

/** True when the repository's ignore rules cover the path. */
export async function isIgnored(directory: string, file: RepoPath, signal?: AbortSignal): Promise<boolean> {
  const answer = await git({ directory, words: ["check-ignore", "--", file], accept: [1], env: trusting, signal });
  return answer !== "";
}

/** Finds the commit that a name, a tag or a hash stands for. Throws NOT_FOUND, naming the repository. */
export async function resolveCommit(
  mirror: string,
  ref: string,
  location: string,
  signal?: AbortSignal,
): Promise<string> {
  const words = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
  const answer = await git({ directory: mirror, words, accept: [1, 128], signal });
  if (answer.trim() === "") throw new NightsweepError("NOT_FOUND", `commit "${ref}" in ${location}`);
  return answer.trim();
}
