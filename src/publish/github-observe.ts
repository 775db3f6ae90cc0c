import { setTimeout as pause } from "node:timers/promises";
import { closingResult } from "../core/lifecycle.ts";
import { decodeMetadata } from "../core/metadata.ts";
import { findRevert } from "../io/git-history.ts";
import type { GitHubConnection } from "../io/github-connect.ts";
import {
  readAnnotations,
  readBranches,
  readChecks,
  readCloser,
  readComments,
  readIsQueued,
  readMayWrite,
  readPull,
  readReviews,
  readTree,
  readViewer,
  type GitHubComment,
  type GitHubPull,
  type GitHubReview,
} from "../io/github-standing.ts";
import type { KnownPullRequest, Source } from "./forge.ts";
import { branchPrefix } from "./names.ts";
import type { CheckState, ObservedPullRequest, PersonComment, RedCheck } from "./standing-port.ts";

type Look = {
  readonly connection: GitHubConnection;
  readonly source: Source;
  readonly viewer: string;
  readonly branches: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
};

/** Looks at every pull request of ours: open ones in full, the others as far as it matters. */
export async function observeAll(
  connection: GitHubConnection,
  all: readonly KnownPullRequest[],
  source: Source,
  signal: AbortSignal,
): Promise<readonly ObservedPullRequest[]> {
  if (all.length === 0) return [];
  const viewer = plainLogin(await readViewer(connection, signal));
  const look = { connection, source, viewer, branches: await readBranches(connection, branchPrefix, signal), signal };
  const observed: ObservedPullRequest[] = [];
  for (const one of all) observed.push(await observeOne(one, look));
  return observed;
}

async function observeOne(known: KnownPullRequest, look: Look): Promise<ObservedPullRequest> {
  const { connection, viewer, branches, signal } = look;
  const { number, branch, url, state } = known;
  const pull = await settled(connection, number, signal);
  // Anybody may put our comment into a description of their own.
  const metadata = isUs(pull.user?.login, viewer) ? decodeMetadata(pull.body ?? "") : null;
  const tip = branches.get(branch);
  const head = tip === undefined ? null : { commit: tip, tree: await readTree(connection, tip, signal) };
  const labels = pull.labels.map(({ name }) => name);
  return {
    ...{ number, branch, url, state, metadata, head, labels, title: pull.title, openedAt: pull.created_at },
    draft: pull.draft === true,
    autoMerge: pull.auto_merge !== null && pull.auto_merge !== undefined,
    closedBy: state === "closed" ? await closedBy(number, labels, look) : null,
    revertedBy: state === "merged" ? await revertOf(pull, metadata?.head, look) : null,
    ...(state === "open" ? await lively(pull, look) : quiet),
  };
}

type Lively = Pick<
  ObservedPullRequest,
  "checks" | "conflict" | "queued" | "reviewers" | "changesRequested" | "comments" | "told" | "lastWordAt"
>;

/** What does not matter any more of one that is over. */
const quiet: Lively = {
  ...{ checks: { kind: "none" }, conflict: null, queued: false, reviewers: [], changesRequested: false },
  ...{ comments: [], told: [], lastWordAt: null },
};

async function lively(pull: GitHubPull, look: Look): Promise<Lively> {
  const { connection, viewer, signal } = look;
  const { number, head, mergeable } = pull;
  const comments = await readComments(connection, number, signal);
  const reviews = await readReviews(connection, number, signal);
  return {
    checks: await checkState(head.sha, look),
    conflict: typeof mergeable === "boolean" ? !mergeable : null,
    queued: await readIsQueued(connection, number, signal),
    reviewers: reviewersOf(pull, reviews),
    changesRequested: wantsChanges(reviews),
    comments: await orders(comments, look),
    told: comments.flatMap((comment) => toldIn(comment, viewer)),
    lastWordAt: lastWord(comments, reviews, viewer),
  };
}

const mostLooks = 3;
const lookPauseMs = 1000;

/** GitHub finds out about conflicts when it is asked, and says null meanwhile. */
async function settled(connection: GitHubConnection, number: number, signal: AbortSignal): Promise<GitHubPull> {
  for (let look = 1; look < mostLooks; look += 1) {
    const pull = await readPull(connection, number, signal);
    if (pull.state === "closed" || typeof pull.mergeable === "boolean") return pull;
    await pause(lookPauseMs, undefined, { signal });
  }
  return readPull(connection, number, signal);
}

/** Asked only where a label says that it was us, since then it makes a difference. */
async function closedBy(
  number: number,
  labels: readonly string[],
  { connection, viewer, signal }: Look,
): Promise<ObservedPullRequest["closedBy"]> {
  if (closingResult(labels) === null) return "person";
  const closer = await readCloser(connection, number, signal);
  if (closer === null) return null;
  return isUs(closer, viewer) ? "us" : "person";
}

async function checkState(head: string, { connection, source, signal }: Look): Promise<CheckState> {
  const checks = await readChecks(connection, head, signal);
  if (checks.length === 0) return { kind: "none" };
  if (checks.some(({ state }) => state === "pending")) return { kind: "pending" };
  const red = checks.filter(({ state }) => state === "red");
  if (red.length === 0) return { kind: "green", names: checks.map(({ name }) => name) };
  const base = await readChecks(connection, source.record.base.commit, signal);
  const told: RedCheck[] = [];
  for (const { name, text, annotated } of red) {
    const before = base.find((check) => check.name === name)?.state;
    const lines =
      annotated === null || told.length >= mostAnnotated ? "" : await readAnnotations(connection, annotated, signal);
    const onBase = before === "green" || before === "red" ? before : "unknown";
    told.push({ name, text: [text, lines].filter((part) => part !== "").join("\n"), onBase });
  }
  return { kind: "red", red: told };
}

/** A broken build makes every job red, and the first few say why. */
const mostAnnotated = 5;

function reviewersOf(pull: GitHubPull, reviews: readonly GitHubReview[]): readonly string[] {
  const asked = (pull.requested_reviewers ?? []).map(({ login }) => login);
  const teams = (pull.requested_teams ?? []).map(({ slug }) => slug);
  return [...new Set([...asked, ...teams, ...reviews.flatMap(({ user }) => user?.login ?? [])])];
}

/** The last decisive review of each person counts. */
function wantsChanges(reviews: readonly GitHubReview[]): boolean {
  const decisive = reviews.filter(({ state }) => ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"].includes(state));
  const last = new Map(decisive.map(({ user, state }) => [user?.login, state]));
  return [...last.values()].includes("CHANGES_REQUESTED");
}

const marker = /<!--nightsweep:topic ([\w-]+)-->/;

/** The hidden line by which a comment of ours is known again. */
export function topicMarker(topic: string): string {
  return `<!--nightsweep:topic ${topic}-->`;
}

/** The topic of a comment that we wrote. */
export function topicOf({ user, body }: GitHubComment, viewer: string): string | null {
  return isUs(user?.login, viewer) ? (marker.exec(body ?? "")?.[1] ?? null) : null;
}

function toldIn(comment: GitHubComment, viewer: string): ObservedPullRequest["told"] {
  const topic = topicOf(comment, viewer);
  return topic === null ? [] : [{ topic, at: comment.created_at }];
}

/** Who may give orders is asked only of those who do. */
async function orders(
  comments: readonly GitHubComment[],
  { connection, viewer, signal }: Look,
): Promise<readonly PersonComment[]> {
  const found: PersonComment[] = [];
  for (const comment of comments) {
    const { id, user, body, created_at: at } = comment;
    const text = body ?? "";
    if (user?.type !== "User" || topicOf(comment, viewer) !== null || !/^\/nightsweep\b/im.test(text)) continue;
    found.push({ id, author: user.login, text, at, mayWrite: await readMayWrite(connection, user.login, signal) });
  }
  return found;
}

function lastWord(comments: readonly GitHubComment[], reviews: readonly GitHubReview[], viewer: string): string | null {
  const words = [
    ...comments.flatMap((comment) =>
      comment.user?.type === "User" && topicOf(comment, viewer) === null ? [comment.created_at] : [],
    ),
    ...reviews.flatMap(({ user, submitted_at: at }) => (user?.type === "User" && typeof at === "string" ? [at] : [])),
  ];
  return words.toSorted().at(-1) ?? null;
}

async function revertOf(
  { title }: GitHubPull,
  head: string | undefined,
  { source: { mirror, record }, signal }: Look,
): Promise<string | null> {
  const commits = head === undefined ? [] : [head];
  return findRevert({ mirror, base: record.base.commit, commits, title }, signal);
}

/** An app is `nightsweep[bot]` here and `nightsweep` there. */
export function plainLogin(login: string): string {
  return login.replace(/\[bot\]$/, "").toLowerCase();
}

function isUs(login: string | undefined, viewer: string): boolean {
  return login !== undefined && plainLogin(login) === viewer;
}
