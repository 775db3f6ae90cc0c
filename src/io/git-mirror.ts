import { mkdir, realpath, rename, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { NightsweepError } from "../core/errors.ts";
import type { RepoKey } from "../core/names.ts";
import { isDirectory, removeDirectory } from "./files.ts";
import { git, lines, type GitCredentials } from "./git.ts";

/** Where a repository comes from and where its mirror lives. */
export type MirrorRequest = {
  /** A URL, or a path relative to the current folder. */
  readonly location: string;
  readonly key: RepoKey;
  readonly stateDirectory: string;
  readonly signal: AbortSignal;
  readonly credentials?: GitCredentials | undefined;
};

/** What the remote says of itself: its branches, and what its HEAD names. */
export type Remote = {
  readonly branches: Readonly<Record<string, string>>;
  /** The branch that HEAD names; null when HEAD is detached or names a branch that does not exist. */
  readonly headBranch: string | null;
  /** The commit of HEAD; null when there is none. */
  readonly headCommit: string | null;
};

/** A bare copy of a repository, as fresh as the remote is. */
export type Mirror = { readonly directory: string; readonly local: boolean; readonly remote: Remote };

/**
 * Bytes of the work tree are the bytes of the commit, whatever the repository's own .gitattributes say: no end-of-line
 * conversion, no keyword expansion, and no filter, which would be a program to run.
 */
const attributes = "* -text !eol !ident !filter !working-tree-encoding\n";

/**
 * Brings the mirror of a repository up to date and makes it anew when it is missing, damaged or of another repository.
 * It is a full copy: blame asks for every version of a file, which a partial copy would fetch one by one.
 * Throws REPOSITORY_NOT_FOUND, REPOSITORY_EMPTY and GIT_FAILED.
 */
export async function updateMirror(request: MirrorRequest): Promise<Mirror> {
  const local = !isAddress(request.location);
  const source = local ? await localRepository(request) : request.location;
  const remote = await readRemote(source, request);
  if (remote.headCommit === null && Object.keys(remote.branches).length === 0)
    throw new NightsweepError("REPOSITORY_EMPTY", request.location);
  const directory = mirrorDirectory(request.stateDirectory, request.key);
  if (!(await refresh(directory, source, remote, request))) await makeAnew(directory, source, remote, request);
  return { directory, local, remote };
}

/** Where the mirror of a repository is, if there is one. */
export function mirrorDirectory(stateDirectory: string, key: RepoKey): string {
  return join(resolve(stateDirectory), "mirrors", key);
}

/** Makes a mirror anew whatever state it is in: for when an object turns out to be missing or damaged. */
export async function renewMirror(mirror: Mirror, request: MirrorRequest): Promise<void> {
  const source = mirror.local ? resolve(request.location) : request.location;
  await makeAnew(mirror.directory, source, mirror.remote, request);
}

/** Reads branches and HEAD of a repository by path or URL, without copying anything. */
export async function readRemote(
  source: string,
  options: {
    readonly location: string;
    readonly signal?: AbortSignal;
    readonly credentials?: GitCredentials | undefined;
  },
): Promise<Remote> {
  const { signal, credentials } = options;
  const words = ["ls-remote", "--symref", "--", source, "HEAD", "refs/heads/*"];
  const answer = await git({ directory: "/", words, signal, credentials }).catch((cause: unknown) => {
    throw notFound(options.location, cause);
  });
  const branches: Record<string, string> = {};
  let headBranch: string | null = null;
  let headCommit: string | null = null;
  for (const line of lines(answer)) {
    const [value = "", name = ""] = line.split("\t");
    if (value.startsWith("ref: refs/heads/") && name === "HEAD") headBranch = value.slice("ref: refs/heads/".length);
    else if (name === "HEAD") headCommit = value;
    else if (name.startsWith("refs/heads/")) branches[name.slice("refs/heads/".length)] = value;
  }
  return { branches, headBranch: headCommit === null ? null : headBranch, headCommit };
}

/** True for a URL and for the short form of ssh, `git@host:owner/name.git`. */
export function isAddress(location: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(location) || /^[^/\s@:]+@[^/\s:]+:/.test(location);
}

async function localRepository(request: MirrorRequest): Promise<string> {
  const path = resolve(request.location);
  const { location, signal } = request;
  if (!(await isDirectory(path))) throw new NightsweepError("REPOSITORY_NOT_FOUND", `${location} does not exist`);
  const words = ["rev-parse", "--absolute-git-dir", "--is-inside-work-tree", "--show-prefix"];
  const answer = await git({ directory: path, words, signal }).catch((cause: unknown) => {
    throw notFound(location, cause);
  });
  const [gitDirectory, inside, prefix] = answer.split("\n");
  const isTop = inside === "true" ? prefix === "" : gitDirectory === (await realpath(path));
  if (!isTop) throw new NightsweepError("REPOSITORY_NOT_FOUND", `${location} is a folder inside a larger repository`);
  return path;
}

function notFound(location: string, cause: unknown): unknown {
  if (!(cause instanceof NightsweepError) || cause.code !== "GIT_FAILED") return cause;
  const detail = cause.detail ?? "";
  const place = /not a git repository/i.test(detail) ? `${location} is not a git repository` : location;
  const missing = /not a git repository|does not (exist|appear to be)|not found|could not resolve host|no such/i;
  if (!missing.test(detail)) return cause;
  return new NightsweepError("REPOSITORY_NOT_FOUND", place, { detail, cause });
}

/** False when the mirror cannot be used, whatever the reason: it is then made anew, and that failure is the one told. */
async function refresh(directory: string, source: string, remote: Remote, request: MirrorRequest): Promise<boolean> {
  if (!(await isDirectory(directory))) return false;
  try {
    const { signal } = request;
    const url = await git({ directory, words: ["config", "--get", "remote.origin.url"], signal });
    if (url.trim() !== source) return false;
    await fetchAll(directory, remote, request);
    const tips = [...Object.values(remote.branches), ...(remote.headCommit === null ? [] : [remote.headCommit])];
    await git({ directory, words: ["rev-list", "--no-walk", "--quiet", "--stdin"], input: tips.join("\n"), signal });
    return true;
  } catch (error) {
    if (error instanceof NightsweepError && error.code === "GIT_FAILED") return false;
    throw error;
  }
}

async function fetchAll(directory: string, remote: Remote, request: MirrorRequest): Promise<void> {
  const { signal, credentials } = request;
  const detached = remote.headBranch === null && remote.headCommit !== null;
  const refs = ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"];
  const wanted = detached ? [...refs, "+HEAD:refs/nightsweep/head"] : refs;
  const words = ["fetch", "--quiet", "--prune", "--force", "--no-auto-gc", "--no-write-fetch-head", "origin"];
  await git({ directory, words: [...words, ...wanted], signal, credentials });
}

/**
 * A clone of a path copies the objects as they lie, so that a source which lacks some (a snapshot without its largest
 * files) can still be read; it makes no hard links, which would let foreign code reach the source's own files.
 */
async function makeAnew(directory: string, source: string, remote: Remote, request: MirrorRequest): Promise<void> {
  const { signal, credentials } = request;
  const seedling = `${directory}.${process.pid}.new`;
  await removeDirectory(seedling);
  await mkdir(dirname(directory), { recursive: true });
  try {
    const words = ["clone", "--quiet", "--bare", "--no-hardlinks", "--", source, seedling];
    await git({ directory: dirname(directory), words, signal, credentials });
    await fetchAll(seedling, remote, request);
    await mkdir(join(seedling, "info"), { recursive: true });
    await writeFile(join(seedling, "info", "attributes"), attributes);
    await removeDirectory(directory);
    await rename(seedling, directory);
  } finally {
    await removeDirectory(seedling);
  }
}
