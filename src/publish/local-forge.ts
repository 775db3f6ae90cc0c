import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PullRequestDraft } from "../core/pull-request.ts";
import { stillSpeaks } from "../core/lifecycle.ts";
import { isDirectory } from "../io/files.ts";
import { fetchCommit } from "../io/git-revert.ts";
import { readRemote } from "../io/git-mirror.ts";
import { formatPatch, nightsweepAuthor, pushCommit } from "../io/git-tree.ts";
import { git, lines } from "../io/git.ts";
import { noNotes, readNotes, writeNotes } from "../io/local-notes.ts";
import type { Forge, KnownPullRequest, Opening, Source } from "./forge.ts";
import {
  asFileName,
  notesPath,
  page,
  readPage,
  repositoryPath,
  writeWhole,
  type LocalForgeOptions,
} from "./local-pages.ts";
import { createLocalStanding } from "./local-standing.ts";
import { branchPrefix } from "./names.ts";

/**
 * A forge without a server: `<repo>.git` is bare with one branch a pull request, and beside it the folder `<repo>` has
 * a description and a patch for `git am` of each. Deleting the branch is how a person closes a pull request.
 */
export function createLocalForge(options: LocalForgeOptions): Forge {
  return {
    name: "local",
    admit: () => Promise.resolve(undefined),
    list: (source, signal) => list(options, source, signal),
    // A branch that is gone leaves its commits in the forge's repository.
    fetch: ({ head }, { mirror }, signal) =>
      fetchCommit(mirror, { source: repositoryPath(options), ref: head }, signal),
    open: (draft, source, signal) => open(options, draft, source, signal),
    mayWrite: () => Promise.resolve(true),
    standing: createLocalStanding(options, (source, signal) => list(options, source, signal)),
  };
}

/** A description is written last, so what has one was opened whole. */
async function list(
  options: LocalForgeOptions,
  source: Source,
  signal: AbortSignal,
): Promise<readonly KnownPullRequest[]> {
  const folder = join(options.directory, options.repo);
  if (!(await isDirectory(folder))) return [];
  const files = (await readdir(folder)).filter(
    (file) => file.endsWith(".md") && file.startsWith(asFileName(branchPrefix)),
  );
  const branches = await readBranches(options, signal);
  const found: KnownPullRequest[] = [];
  for (const file of files) {
    const branch = file.slice(0, -".md".length).replaceAll("~", "/");
    const text = await readFile(join(folder, file), "utf8");
    const opened = readPage(options, branch, text);
    const { labels, closedAt } = await readNotes(notesPath(options, branch));
    const head = branches[branch] ?? opened.head;
    const standing = branches[branch] === undefined || closedAt !== null ? "closed" : "open";
    const merged = head !== "" && (await isMerged(source, head, signal));
    found.push({ ...opened, labels, closedAt, head, state: merged ? "merged" : standing });
  }
  return found.toSorted((a, b) => a.number - b.number);
}

/** A mirror that was made anew does not know the commit: then nobody has merged it. */
async function isMerged({ mirror, record }: Source, head: string, signal: AbortSignal): Promise<boolean> {
  const words = ["for-each-ref", `--contains=${head}`, "--format=%(refname)", `refs/heads/${record.base.branch}`];
  return lines(await git({ directory: mirror, words, accept: [129], signal })).length > 0;
}

async function open(
  options: LocalForgeOptions,
  draft: PullRequestDraft,
  source: Source,
  signal: AbortSignal,
): Promise<Opening> {
  const { branch, head } = draft;
  const repository = await ensureRepository(options, signal);
  const all = await list(options, source, signal);
  const found = all.find((pullRequest) => pullRequest.branch === branch);
  const isFree = found?.state === "closed" && !stillSpeaks(found, draft.now);
  if (found !== undefined && !isFree)
    return { kind: found.state === "open" ? "already-open" : "answered", pullRequest: found };
  const expected = (await readBranches(options, signal))[branch] ?? null;
  if (expected !== null && expected !== head.commit && !(await isOurs(repository, expected, signal)))
    return { kind: "branch-taken", because: `the branch ${branch} has a commit of somebody else` };
  if (expected !== head.commit)
    await pushCommit(source.mirror, { commit: head.commit, target: repository, branch, expected }, signal);
  const folder = join(options.directory, options.repo);
  await mkdir(folder, { recursive: true });
  const file = asFileName(branch);
  await writeWhole(
    join(folder, `${file}.patch`),
    await formatPatch(source.mirror, { base: draft.base.commit, commit: head.commit }, signal),
  );
  const number = Math.max(0, ...all.map((pullRequest) => pullRequest.number)) + 1;
  const text = page(options, draft, number);
  await writeNotes(notesPath(options, branch), { ...noNotes, labels: [...draft.labels] });
  await writeWhole(join(folder, `${file}.md`), text);
  return {
    kind: "opened",
    pullRequest: {
      ...{ ...readPage(options, branch, text), head: head.commit, candidates: draft.candidates, state: "open" },
      ...{ labels: draft.labels, closedAt: null },
    },
  };
}

async function ensureRepository(options: LocalForgeOptions, signal: AbortSignal): Promise<string> {
  const repository = repositoryPath(options);
  if (await isDirectory(join(repository, "refs"))) return repository;
  await mkdir(repository, { recursive: true });
  await git({ directory: repository, words: ["init", "--quiet", "--bare", "--initial-branch=main", "."], signal });
  return repository;
}

async function readBranches(
  options: LocalForgeOptions,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const repository = repositoryPath(options);
  if (!(await isDirectory(repository))) return {};
  return (await readRemote(repository, { location: `forge of ${options.repo}`, signal })).branches;
}

async function isOurs(repository: string, commit: string, signal: AbortSignal): Promise<boolean> {
  const words = ["show", "--no-patch", "--format=%ae%n%ce", commit];
  return lines(await git({ directory: repository, words, signal })).every((email) => email === nightsweepAuthor.email);
}
