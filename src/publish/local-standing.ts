import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { closingResult } from "../core/lifecycle.ts";
import { decodeMetadata, encodeMetadata } from "../core/metadata.ts";
import type { PullRequestDraft } from "../core/pull-request.ts";
import { findRevert } from "../io/git-history.ts";
import { formatPatch, pushCommit } from "../io/git-tree.ts";
import { git } from "../io/git.ts";
import { readNotes, writeNotes, type LocalNotes } from "../io/local-notes.ts";
import type { KnownPullRequest, Source } from "./forge.ts";
import { asFileName, notesPath, page, repositoryPath, writeWhole, type LocalForgeOptions } from "./local-pages.ts";
import type { ObservedPullRequest, StandingPort, StandingStep, StepEnd } from "./standing-port.ts";

type List = (source: Source, signal: AbortSignal) => Promise<readonly KnownPullRequest[]>;

/** Of the base alone: a local forge runs no checks, has no reviewers and nobody who writes comments. */
export function createLocalStanding(options: LocalForgeOptions, list: List): StandingPort {
  return {
    async observe(source, signal) {
      const known = await list(source, signal);
      return Promise.all(known.map((one) => observeOne(options, one, source, signal)));
    },
    settings: () => Promise.resolve({ requiredChecks: [], autoMerge: false, mergeQueue: false }),
    async perform(step, source, { now, signal }) {
      const known = await list(source, signal);
      const branch = "branch" in step ? step.branch : known.find(({ number }) => number === step.number)?.branch;
      if (branch === undefined) return { kind: "refused", because: "there is no such pull request" };
      return perform({ options, branch, source, now, signal }, step);
    },
  };
}

async function observeOne(
  options: LocalForgeOptions,
  known: KnownPullRequest,
  source: Source,
  signal: AbortSignal,
): Promise<ObservedPullRequest> {
  const { number, branch, url, state, labels, closedAt, night } = known;
  const text = await readFile(pagePath(options, branch), "utf8");
  const metadata = decodeMetadata(text);
  const { draft, comments } = await readNotes(notesPath(options, branch));
  const head = await tipOf(options, branch, signal);
  const title = /^# (.*)$/m.exec(text)?.[1] ?? "";
  const isOpen = state === "open" && head !== null;
  const commits = metadata === null ? [] : [metadata.head];
  const base = source.record.base.commit;
  return {
    ...{ number, branch, url, state, labels, draft, metadata, head },
    title,
    closedBy: closedAt !== null && closingResult(labels) !== null ? "us" : null,
    openedAt: `${(night ?? "1970-01-01").slice(0, 10)}T00:00:00Z`,
    checks: { kind: "none" },
    conflict: isOpen ? await conflicts(options, { source, head: head.commit }, signal) : null,
    ...{ queued: false, autoMerge: false, reviewers: [], changesRequested: false },
    ...{ comments: [], told: comments.map(({ topic, at }) => ({ topic, at })), lastWordAt: null },
    revertedBy: state === "merged" ? await findRevert({ mirror: source.mirror, base, commits, title }, signal) : null,
  };
}

async function tipOf(
  options: LocalForgeOptions,
  branch: string,
  signal: AbortSignal,
): Promise<ObservedPullRequest["head"]> {
  const words = ["log", "-1", "--format=%H %T", `refs/heads/${branch}`, "--"];
  const answer = await git({ directory: repositoryPath(options), words, accept: [128], signal });
  const [commit, tree] = answer.trim().split(" ");
  return commit === undefined || tree === undefined || commit === "" ? null : { commit, tree };
}

/** git merges in the mirror, which has our commits and the base; null: it cannot say, as for a commit of a person. */
async function conflicts(
  { directory, repo }: LocalForgeOptions,
  { source, head }: { readonly source: Source; readonly head: string },
  signal: AbortSignal,
): Promise<boolean | null> {
  const { mirror, record } = source;
  const env = { GIT_ALTERNATE_OBJECT_DIRECTORIES: join(directory, `${repo}.git`, "objects") };
  const words = ["merge-tree", "--write-tree", "--name-only", record.base.commit, head];
  const answer = await git({ directory: mirror, words, env, accept: [1, 128], signal });
  // The first line is the merged tree; where both sides differ, the files in conflict follow.
  const [tree = "", ...files] = answer.trimEnd().split("\n");
  return /^[0-9a-f]{40,64}$/.test(tree) ? files.length > 0 : null;
}

type Place = {
  readonly options: LocalForgeOptions;
  readonly branch: string;
  readonly source: Source;
  readonly now: string;
  readonly signal: AbortSignal;
};

async function perform(place: Place, step: StandingStep): Promise<StepEnd> {
  switch (step.kind) {
    case "label":
      return note(place, (notes) =>
        notes.labels.includes(step.label) ? notes : { ...notes, labels: [...notes.labels, step.label] },
      );
    case "mark-ready":
      return note(place, (notes) => (notes.draft ? { ...notes, draft: false } : notes));
    case "close":
      return note(place, (notes) => (notes.closedAt === null ? { ...notes, closedAt: place.now } : notes));
    case "comment":
      return note(place, (notes) => withComment(notes, { topic: step.topic, text: step.text, at: place.now }));
    case "request-review":
      return { kind: "refused", because: "a local forge has no reviewers" };
    case "arm-automerge":
      return { kind: "refused", because: "a local forge merges nothing" };
    case "delete-branch":
      return deleteBranch(place, step.expected);
    case "remake":
      return remake(place, step);
    default:
      return step satisfies never;
  }
}

async function note({ options, branch }: Place, change: (notes: LocalNotes) => LocalNotes): Promise<StepEnd> {
  const file = notesPath(options, branch);
  const before = await readNotes(file);
  const after = change(before);
  if (after === before) return { kind: "already" };
  await writeNotes(file, after);
  return { kind: "done" };
}

function withComment(notes: LocalNotes, comment: LocalNotes["comments"][number]): LocalNotes {
  const isThere = notes.comments.some(({ topic }) => topic === comment.topic);
  return isThere ? notes : { ...notes, comments: [...notes.comments, comment] };
}

async function deleteBranch({ options, branch, signal }: Place, expected: string): Promise<StepEnd> {
  const tip = await tipOf(options, branch, signal);
  if (tip === null) return { kind: "already" };
  if (tip.commit !== expected) return { kind: "refused", because: `the branch ${branch} has moved` };
  const words = ["update-ref", "-d", `refs/heads/${branch}`, expected];
  await git({ directory: repositoryPath(options), words, signal });
  return { kind: "done" };
}

/** The description says first what is about to be pushed, so that a night killed in between knows its own commit. */
async function remake(place: Place, step: Extract<StandingStep, { kind: "remake" }>): Promise<StepEnd> {
  const { options, branch, source, signal } = place;
  const { draft, expected, number } = step;
  const tip = await tipOf(options, branch, signal);
  const isPushed = tip?.commit === draft.head.commit;
  if (!isPushed && tip?.commit !== expected) return { kind: "refused", because: `the branch ${branch} has moved` };
  if (!isPushed) {
    await announce(options, draft);
    const target = repositoryPath(options);
    await pushCommit(source.mirror, { commit: draft.head.commit, target, branch, expected }, signal);
  }
  const folder = join(options.directory, options.repo);
  await writeWhole(
    join(folder, `${asFileName(branch)}.patch`),
    await formatPatch(source.mirror, { base: draft.base.commit, commit: draft.head.commit }, signal),
  );
  await writeWhole(pagePath(options, branch), page(options, draft, number));
  return { kind: "done" };
}

async function announce(options: LocalForgeOptions, { branch, head, base }: PullRequestDraft): Promise<void> {
  const file = pagePath(options, branch);
  const text = await readFile(file, "utf8");
  const metadata = decodeMetadata(text);
  if (metadata === null) return;
  const announced = encodeMetadata({ ...metadata, pending: { tree: head.tree, base: base.commit } });
  await writeWhole(file, `${text.trimEnd()}\n\n${announced}\n`);
}

function pagePath({ directory, repo }: LocalForgeOptions, branch: string): string {
  return join(directory, repo, `${asFileName(branch)}.md`);
}
