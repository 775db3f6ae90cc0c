import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FileChange } from "../core/edit.ts";
import { temporaryDirectory } from "./files.ts";
import { git, lines, records, type GitCredentials } from "./git.ts";

/** Who a commit is by. */
export type Author = { readonly name: string; readonly email: string };

/** The author of our commits where nothing else is said. */
export const nightsweepAuthor: Author = { name: "nightsweep", email: "nightsweep@users.noreply.github.com" };

/**
 * Writes the tree that a base commit becomes with some changes and returns its hash. A written file keeps the mode it
 * had (a script stays executable); its bytes are the text as UTF-8, exactly.
 */
export async function writeTree(
  mirror: string,
  base: string,
  changes: readonly FileChange[],
  signal?: AbortSignal,
): Promise<string> {
  await using folder = await temporaryDirectory("nightsweep-tree-");
  const env = { GIT_INDEX_FILE: join(folder.path, "index") };
  await git({ directory: mirror, words: ["read-tree", base], env, signal });
  const writes = changes.flatMap((change) => (change.kind === "write" ? [change] : []));
  const paths = await Promise.all(
    writes.map(async ({ text }, index) => {
      const path = join(folder.path, String(index));
      await writeFile(path, text, "utf8");
      return path;
    }),
  );
  const hash = ["hash-object", "-w", "--no-filters", "--stdin-paths"];
  const hashes = paths.length === 0 ? "" : await git({ directory: mirror, words: hash, input: joined(paths), signal });
  const modes = await readModes(mirror, env, signal);
  const written = lines(hashes).map((object, index) => {
    const file = writes[index]?.file ?? "";
    return `${modes.get(file) ?? "100644"} ${object}\t${file}\0`;
  });
  const deleted = changes.flatMap(({ kind, file }) =>
    kind === "delete" ? [`0 ${"0".repeat(base.length)}\t${file}\0`] : [],
  );
  const input = [...deleted, ...written].join("");
  if (input !== "") await git({ directory: mirror, words: ["update-index", "-z", "--index-info"], env, input, signal });
  return (await git({ directory: mirror, words: ["write-tree", "--missing-ok"], env, signal })).trim();
}

/** The tree of a commit. */
export async function treeOf(mirror: string, commit: string, signal?: AbortSignal): Promise<string> {
  return (await git({ directory: mirror, words: ["rev-parse", "--verify", `${commit}^{tree}`], signal })).trim();
}

/** What a tree has otherwise than another one; `text` null: it has not the file. Texts are read as UTF-8. */
export async function readTreeEntries(
  mirror: string,
  trees: { readonly from: string; readonly to: string },
  signal?: AbortSignal,
): Promise<readonly { readonly path: string; readonly mode: string; readonly text: string | null }[]> {
  const words = ["diff-tree", "-r", "-z", "--no-renames", trees.from, trees.to];
  const parts = records(await git({ directory: mirror, words, signal }));
  const entries = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [, modeBefore = "", mode = "", object = ""] =
      /^:(\d+) (\d+) [0-9a-f]+ ([0-9a-f]+) /.exec(parts[index] ?? "") ?? [];
    const path = parts[index + 1] ?? "";
    const isGone = /^0+$/.test(mode);
    const text = isGone ? null : await git({ directory: mirror, words: ["cat-file", "blob", object], signal });
    entries.push({ path, mode: isGone ? modeBefore : mode, text });
  }
  return entries;
}

/** A commit to be made of a tree. */
export type CommitRequest = {
  readonly tree: string;
  readonly parent: string;
  readonly message: string;
  /** ISO 8601; it is the author's and the committer's date, so the same request gives the same hash. */
  readonly date: string;
  readonly author?: Author;
};

/** Makes a commit in a bare repository without touching a branch, and returns its hash. */
export async function commitTree(mirror: string, request: CommitRequest, signal?: AbortSignal): Promise<string> {
  const { name, email } = request.author ?? nightsweepAuthor;
  const env = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: request.date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: request.date,
  };
  const words = ["commit-tree", request.tree, "-p", request.parent, "-F", "-"];
  const message = request.message.endsWith("\n") ? request.message : `${request.message}\n`;
  return (await git({ directory: mirror, words, env, input: message, signal })).trim();
}

/** A commit that is to become the tip of a branch. */
export type PushRequest = {
  readonly commit: string;
  /** Path or URL of the repository that it goes to. */
  readonly target: string;
  readonly branch: string;
  /** What the branch must be now: a commit, or null for none. A branch that somebody moved refuses the push. */
  readonly expected: string | null;
  readonly credentials?: GitCredentials | undefined;
};

/** Pushes a commit to a branch of another repository. Throws GIT_FAILED, also when the branch is not as expected. */
export async function pushCommit(mirror: string, request: PushRequest, signal?: AbortSignal): Promise<void> {
  const ref = `refs/heads/${request.branch}`;
  const lease = `--force-with-lease=${ref}:${request.expected ?? ""}`;
  const words = ["push", "--quiet", "--porcelain", lease, "--", request.target, `${request.commit}:${ref}`];
  await git({ directory: mirror, words, signal, credentials: request.credentials });
}

/**
 * The commits after a base as mails that plain `git am` takes. Files with CRLF line ends are written as binary patches, since a mail
 * loses the CR unless the reader thinks of `--keep-cr`.
 */
export async function formatPatch(
  mirror: string,
  { base, commit }: { readonly base: string; readonly commit: string },
  signal?: AbortSignal,
): Promise<string> {
  await using folder = await temporaryDirectory("nightsweep-patch-");
  const attributes = join(folder.path, "attributes");
  const changed = ["diff-tree", "-r", "-z", "--no-commit-id", "--name-only", base, commit];
  const files = records(await git({ directory: mirror, words: changed, signal }));
  const crlf: string[] = [];
  for (const file of files) if (await hasCarriageReturn(mirror, [base, commit], file, signal)) crlf.push(file);
  await writeFile(attributes, joined(crlf.map((file) => `${quoted(file)} -diff`)));
  const format = ["format-patch", "--stdout", "--binary", "--full-index", "--no-signature", "--no-renames"];
  const words = ["-c", `core.attributesFile=${attributes}`, ...format, `${base}..${commit}`];
  return await git({ directory: mirror, words, signal });
}

async function hasCarriageReturn(
  mirror: string,
  commits: readonly string[],
  file: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const texts = await Promise.all(commits.map((commit) => showFile(mirror, commit, file, signal)));
  return texts.some((text) => text?.includes("\r") === true);
}

/** Whether a mirror has a commit. */
export async function hasCommit(mirror: string, commit: string, signal?: AbortSignal): Promise<boolean> {
  const words = ["cat-file", "--batch-check=%(objecttype)"];
  return (await git({ directory: mirror, words, input: `${commit}\n`, signal })).trim() === "commit";
}

/** The text of a file at a commit, with its byte order mark; undefined when the commit has no such file. */
export async function showFile(
  mirror: string,
  commit: string,
  file: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const entry = await git({ directory: mirror, words: ["ls-tree", "-z", commit, "--", file], signal });
  const object = /^\d+ blob ([0-9a-f]+)\t/.exec(entry)?.[1];
  if (object === undefined) return undefined;
  return git({ directory: mirror, words: ["cat-file", "blob", object], signal });
}

async function readModes(
  mirror: string,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const entries = records(await git({ directory: mirror, words: ["ls-files", "--stage", "-z"], env, signal }));
  return new Map(entries.map((entry) => [entry.slice(entry.indexOf("\t") + 1), entry.slice(0, 6)]));
}

function joined(words: readonly string[]): string {
  return words.map((word) => `${word}\n`).join("");
}

/** A path as one literal pattern of a .gitattributes file. */
function quoted(file: string): string {
  const pattern = `/${file}`.replace(/[\\*?[\]]/g, "\\$&");
  return `"${pattern.replace(/["\\]/g, "\\$&")}"`;
}
