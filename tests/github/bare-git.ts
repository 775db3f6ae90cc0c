import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Who writes a commit, and who commits it. */
type Identity = { readonly name: string; readonly email: string };

/** How a call of git ended. */
type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

type GitCall = {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs git in a bare repository; never in a way that blocks, since the fake answers in the same process. */
export function tryGit(bare: string, words: readonly string[], { input, env = {} }: GitCall = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      "git",
      [...words],
      {
        cwd: bare,
        maxBuffer: 256 * 1024 * 1024,
        env: {
          PATH: process.env["PATH"],
          HOME: bare,
          GIT_CONFIG_GLOBAL: "/dev/null",
          GIT_CONFIG_NOSYSTEM: "1",
          ...env,
        },
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 255;
        resolve({ code, stdout, stderr });
      },
    );
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input ?? "");
  });
}

export async function bareGit(bare: string, words: readonly string[], call: GitCall = {}): Promise<string> {
  const { code, stdout, stderr } = await tryGit(bare, words, call);
  if (code !== 0) throw new Error(`git ${words.join(" ")}: ${stderr}`);
  return stdout.trim();
}

const remembered = new Map<string, Ended>();

/** The same for a question about objects that are named by their hashes, whose answer stays: asked once. */
export async function lastingGit(bare: string, words: readonly string[]): Promise<Ended> {
  const key = [bare, ...words].join("\0");
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const ended = await tryGit(bare, words);
  // What is not there today may be there tomorrow.
  if (ended.code === 0 || ended.code === 1) remembered.set(key, ended);
  return ended;
}

/** For a repository that another one takes the place of. */
export function forgetLasting(): void {
  remembered.clear();
}

const fullHash = /^[0-9a-f]{40}$/;

/** The commit of a branch or any other name; null when there is none. */
export async function resolveRef(bare: string, name: string): Promise<string | null> {
  const words = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  if (fullHash.test(name) && remembered.has([bare, "exists", name].join("\0"))) return name;
  const ended = await tryGit(bare, words);
  if (ended.code === 0 && fullHash.test(name)) remembered.set([bare, "exists", name].join("\0"), ended);
  return ended.code === 0 ? ended.stdout.trim() : null;
}

export type CommitWish = {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Identity;
  readonly committer: Identity;
  readonly date: string;
};

export function makeCommit(bare: string, wish: CommitWish): Promise<string> {
  const { author, committer, date } = wish;
  return bareGit(bare, ["commit-tree", wish.tree, ...wish.parents.flatMap((parent) => ["-p", parent]), "-F", "-"], {
    input: wish.message,
    env: {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_COMMITTER_DATE: date,
    },
  });
}

/** One entry of a tree to be changed: `object` null deletes it. */
export type TreeChange = { readonly path: string; readonly mode: string; readonly object: string | null };

/** The tree that another one becomes; `base` null begins with nothing. */
export async function changeTree(bare: string, base: string | null, changes: readonly TreeChange[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nightsweep-fake-"));
  try {
    const env = { GIT_INDEX_FILE: join(folder, "index") };
    if (base !== null) await bareGit(bare, ["read-tree", base], { env });
    const lines = changes.map(({ path, mode, object }) =>
      object === null ? `0 ${"0".repeat(40)}\t${path}\0` : `${mode} ${object}\t${path}\0`,
    );
    if (lines.length > 0) await bareGit(bare, ["update-index", "-z", "--index-info"], { env, input: lines.join("") });
    return await bareGit(bare, ["write-tree"], { env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function writeBlob(bare: string, content: string | Buffer): Promise<string> {
  return bareGit(bare, ["hash-object", "-w", "--stdin"], { input: content });
}

/** The mode of a path in a commit or tree; null when it is not there. */
export async function modeOf(bare: string, treeish: string, path: string): Promise<string | null> {
  const entry = await bareGit(bare, ["ls-tree", treeish, "--", path]);
  return /^(\d+) /.exec(entry)?.[1] ?? null;
}

/** The tree of a merge of `theirs` into `ours`; null when they conflict. */
export async function mergedTree(bare: string, ours: string, theirs: string): Promise<string | null> {
  const ask = fullHash.test(ours) && fullHash.test(theirs) ? lastingGit : tryGit;
  const { code, stdout } = await ask(bare, ["merge-tree", "--write-tree", ours, theirs]);
  return code === 0 ? (stdout.split("\n")[0] ?? null) : null;
}

/** The same over a base of our choice: older versions of git only merge over a common ancestor, so they get one. */
export async function mergedOver(bare: string, base: string, ours: string, theirs: string): Promise<string | null> {
  const who = { name: "GitHub", email: "noreply@github.com" };
  const onBase = async (side: string) => {
    const tree = await bareGit(bare, ["rev-parse", `${side}^{tree}`]);
    return makeCommit(bare, {
      ...{ tree, parents: [base], message: "side", author: who, committer: who },
      date: "2026-01-01T00:00:00Z",
    });
  };
  return mergedTree(bare, await onBase(ours), await onBase(theirs));
}

export async function isAncestor(bare: string, ancestor: string, commit: string): Promise<boolean> {
  return (await lastingGit(bare, ["merge-base", "--is-ancestor", ancestor, commit])).code === 0;
}
