import { NightsweepError } from "../core/errors.ts";
import { decodeMetadata, encodeMetadata } from "../core/metadata.ts";
import { change, changeById } from "../io/github-changes.ts";
import type { GitHubConnection } from "../io/github-connect.ts";
import { readSettings } from "../io/github-settings.ts";
import {
  readAuthor,
  readBranches,
  readComments,
  readPull,
  readViewer,
  type GitHubPull,
} from "../io/github-standing.ts";
import type { KnownPullRequest, Source } from "./forge.ts";
import { observeAll, plainLogin, topicMarker, topicOf } from "./github-observe.ts";
import { pushDraft } from "./push-draft.ts";
import type { Reviewer, StandingPort, StandingStep, StepEnd } from "./standing-port.ts";

type List = (source: Source, signal: AbortSignal) => Promise<readonly KnownPullRequest[]>;

/** Looks after standing pull requests on GitHub. */
export function createGitHubStanding(connection: GitHubConnection, list: List): StandingPort {
  return {
    observe: async (source, signal) => observeAll(connection, await list(source, signal), source, signal),
    settings: ({ record }, signal) => readSettings(connection, record.base.branch, signal),
    perform: (step, source, { signal }) => perform({ connection, source, signal }, step),
  };
}

type Place = {
  readonly connection: GitHubConnection;
  readonly source: Source;
  readonly signal: AbortSignal;
};

const done: StepEnd = { kind: "done" };
const already: StepEnd = { kind: "already" };

async function perform(place: Place, step: StandingStep): Promise<StepEnd> {
  if (step.kind === "delete-branch") return deleteBranch(place, step);
  if (step.kind === "comment") return comment(place, step);
  const pull = await readPull(place.connection, step.number, place.signal);
  if (step.kind === "label") return label(place, pull, step.label);
  // A person may have closed or merged it since we looked.
  if (pull.state === "open") return performOnOpen(place, pull, step);
  return step.kind === "close" ? already : { kind: "refused", because: "it was closed meanwhile" };
}

async function performOnOpen(
  place: Place,
  pull: GitHubPull,
  step: Exclude<StandingStep, { kind: "delete-branch" | "comment" | "label" }>,
): Promise<StepEnd> {
  const { connection, signal } = place;
  switch (step.kind) {
    case "close":
      await change(connection, { kind: "update", number: step.number, to: { state: "closed" } }, signal);
      return done;
    case "mark-ready":
      if (pull.draft !== true) return already;
      await changeById(connection, { kind: "markReady", id: pull.node_id }, signal);
      return done;
    case "request-review":
      return requestReview(place, pull, step.reviewers);
    case "arm-automerge":
      return armAutomerge(place, pull, step.head);
    case "remake":
      return remake(place, pull, step);
    default:
      return step satisfies never;
  }
}

async function label({ connection, signal }: Place, { number, labels }: GitHubPull, wanted: string): Promise<StepEnd> {
  if (labels.some(({ name }) => name === wanted)) return already;
  await change(connection, { kind: "label", number, label: wanted }, signal);
  return done;
}

async function deleteBranch(
  { connection, signal }: Place,
  { branch, expected }: Extract<StandingStep, { kind: "delete-branch" }>,
): Promise<StepEnd> {
  const tip = (await readBranches(connection, branch, signal)).get(branch);
  if (tip === undefined) return already;
  if (tip !== expected) return { kind: "refused", because: `the branch ${branch} has moved` };
  await change(connection, { kind: "delete-branch", branch }, signal);
  return done;
}

/** One comment a topic: what is there is edited, so that nobody gets a second mail. */
async function comment(
  { connection, signal }: Place,
  { number, topic, text }: Extract<StandingStep, { kind: "comment" }>,
): Promise<StepEnd> {
  const body = `${text}\n\n${topicMarker(topic)}`;
  const viewer = plainLogin(await readViewer(connection, signal));
  const own = (await readComments(connection, number, signal)).find((one) => topicOf(one, viewer) === topic);
  if (own?.body === body) return already;
  if (own === undefined) await change(connection, { kind: "create-comment", number, body }, signal);
  else await change(connection, { kind: "update-comment", id: own.id, body }, signal);
  return done;
}

/** The first of the list that GitHub takes: some cannot be asked, such as the author or who has left. */
async function requestReview(
  { connection, signal }: Place,
  pull: GitHubPull,
  reviewers: readonly Reviewer[],
): Promise<StepEnd> {
  const { number } = pull;
  if ((pull.requested_reviewers ?? []).length + (pull.requested_teams ?? []).length > 0) return already;
  for (const reviewer of reviewers) {
    const login = reviewer.kind === "author-of" ? await readAuthor(connection, reviewer.commit, signal) : reviewer.name;
    if (login === null || login === pull.user?.login) continue;
    const wish =
      reviewer.kind === "team"
        ? ({ kind: "request-team", number, team: reviewer.name } as const)
        : ({ kind: "request-login", number, login } as const);
    const refusal = await change(connection, wish, signal).catch(refused);
    if (refusal === undefined) return done;
  }
  return { kind: "refused", because: "GitHub takes none of those who could be asked" };
}

async function armAutomerge({ connection, source, signal }: Place, pull: GitHubPull, head: string): Promise<StepEnd> {
  if (pull.auto_merge !== null && pull.auto_merge !== undefined) return already;
  const { mergeQueue } = await readSettings(connection, source.record.base.branch, signal);
  const kind = mergeQueue ? "enqueue" : "enableAutoMerge";
  const refusal = await changeById(connection, { kind, id: pull.node_id, head }, signal).catch(refused);
  return refusal ?? done;
}

/** A refusal of GitHub is an answer here; what failed otherwise is thrown on. */
function refused(error: unknown): StepEnd {
  if (!(error instanceof NightsweepError) || error.code !== "FORGE_REFUSED") throw error;
  return { kind: "refused", because: `GitHub refused: ${error.detail ?? error.message}` };
}

/** The description says first what is about to be pushed, so that a night killed in between knows its own commit. */
async function remake(
  { connection, source, signal }: Place,
  pull: GitHubPull,
  { number, draft, expected }: Extract<StandingStep, { kind: "remake" }>,
): Promise<StepEnd> {
  const { sha } = pull.head;
  if (sha === expected) {
    const metadata = decodeMetadata(pull.body ?? "");
    if (metadata === null) return { kind: "refused", because: "its hidden metadata is gone" };
    const pending = { tree: draft.head.tree, base: draft.base.commit };
    const body = `${(pull.body ?? "").trimEnd()}\n\n${encodeMetadata({ ...metadata, pending })}\n`;
    await change(connection, { kind: "update", number, to: { body } }, signal);
  }
  const pushed = await pushDraft(connection, draft, source, { expected, signal });
  if (pushed.kind === "taken") return { kind: "refused", because: pushed.because };
  await change(
    connection,
    { kind: "update", number, to: { title: draft.title, body: draft.body(pushed.head) } },
    signal,
  );
  return done;
}
