import { z } from "zod";
import { NightsweepError } from "../core/errors.ts";
import { ask, readAll } from "./github-ask.ts";
import type { GitHubConnection } from "./github-connect.ts";
import { failureOf, read } from "./github-request.ts";

const person = z.object({ login: z.string(), type: z.string() }).nullable();
const pullSchema = z.object({
  number: z.int(),
  node_id: z.string(),
  title: z.string(),
  state: z.enum(["open", "closed"]),
  draft: z.boolean().nullish(),
  body: z.string().nullish(),
  created_at: z.string(),
  user: person,
  labels: z.array(z.object({ name: z.string() })),
  head: z.object({ ref: z.string(), sha: z.string() }),
  mergeable: z.boolean().nullish(),
  auto_merge: z.unknown(),
  requested_reviewers: z.array(z.object({ login: z.string() })).nullish(),
  requested_teams: z.array(z.object({ slug: z.string() })).nullish(),
});
const issueSchema = z.object({ user: person, closed_by: person.optional(), title: z.string(), created_at: z.string() });
const commentSchema = z.object({
  id: z.int(),
  user: person,
  body: z.string().nullish(),
  created_at: z.string(),
});
const reviewSchema = z.object({ user: person, state: z.string(), submitted_at: z.string().nullish() });
const checkRunsSchema = z.object({
  check_runs: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      status: z.string(),
      conclusion: z.string().nullable(),
      output: z.object({
        title: z.string().nullable(),
        summary: z.string().nullable(),
        text: z.string().nullable(),
        annotations_count: z.int(),
      }),
    }),
  ),
});
const annotationSchema = z.object({
  path: z.string(),
  start_line: z.int(),
  annotation_level: z.string().nullable(),
  message: z.string().nullable(),
});
const statusSchema = z.object({
  statuses: z.array(z.object({ context: z.string(), state: z.string(), description: z.string().nullish() })),
});
const commitSchema = z.object({ sha: z.string(), tree: z.object({ sha: z.string() }) });
const authorSchema = z.object({ author: person.optional() });
const permissionSchema = z.object({ permission: z.string() });
const refsSchema = z.array(z.object({ ref: z.string(), object: z.object({ sha: z.string() }) }));
/** A pull request in full. */
export type GitHubPull = z.output<typeof pullSchema>;
/** A review of one. */
export type GitHubReview = z.output<typeof reviewSchema>;
/** A comment on one. */
export type GitHubComment = z.output<typeof commentSchema>;
/** A check run or a commit status; GitHub keeps them apart. */
export type GitHubCheck = {
  readonly name: string;
  readonly state: "pending" | "green" | "red";
  readonly text: string;
  /** The check run that has annotations besides; null: there are none. */
  readonly annotated: number | null;
};

/** Our own login; GraphQL and REST write that of an app differently. */
export async function readViewer(connection: GitHubConnection, signal: AbortSignal): Promise<string> {
  const schema = z.object({ viewer: z.object({ login: z.string() }) });
  const question = { name: "viewer", text: "query { viewer { login } }", variables: {}, schema };
  return (await ask(connection, question, signal)).viewer.login;
}

/** A pull request with all that only its own page says. */
export function readPull(
  { octokit, repo, within }: GitHubConnection,
  pull_number: number,
  signal: AbortSignal,
): Promise<GitHubPull> {
  const send = () => octokit.rest.pulls.get({ ...repo, pull_number, ...within(signal) });
  return read({ name: "GET /pulls", schema: pullSchema, signal, send });
}

/** Who closed it. */
export async function readCloser(
  { octokit, repo, within }: GitHubConnection,
  issue_number: number,
  signal: AbortSignal,
): Promise<string | null> {
  const send = () => octokit.rest.issues.get({ ...repo, issue_number, ...within(signal) });
  return (await read({ name: "GET /issues", schema: issueSchema, signal, send })).closed_by?.login ?? null;
}

/** The comments below a pull request, oldest first. */
export function readComments(
  { octokit, repo, within }: GitHubConnection,
  issue_number: number,
  signal: AbortSignal,
): Promise<readonly GitHubComment[]> {
  return readAll({ name: "GET /comments", item: commentSchema, signal }, (page) =>
    octokit.rest.issues.listComments({ ...repo, issue_number, ...page, ...within(signal) }),
  );
}

/** The reviews of a pull request, oldest first. */
export function readReviews(
  { octokit, repo, within }: GitHubConnection,
  pull_number: number,
  signal: AbortSignal,
): Promise<readonly GitHubReview[]> {
  return readAll({ name: "GET /reviews", item: reviewSchema, signal }, (page) =>
    octokit.rest.pulls.listReviews({ ...repo, pull_number, ...page, ...within(signal) }),
  );
}

/** What the checks of a commit say, both kinds. */
export async function readChecks(
  { octokit, repo, within }: GitHubConnection,
  ref: string,
  signal: AbortSignal,
): Promise<readonly GitHubCheck[]> {
  const page = { ...repo, ref, per_page: 100, ...within(signal) };
  const runs = () => octokit.rest.checks.listForRef(page);
  const { check_runs: found } = await read({ name: "GET /check-runs", schema: checkRunsSchema, signal, send: runs });
  const combined = () => octokit.rest.repos.getCombinedStatusForRef(page);
  const { statuses } = await read({ name: "GET /status", schema: statusSchema, signal, send: combined });
  return [...found.map(toCheck), ...statuses.map(fromStatus)];
}

/** What a red check says of single lines; a job of GitHub Actions says nothing else of itself. */
export async function readAnnotations(
  { octokit, repo, within }: GitHubConnection,
  check_run_id: number,
  signal: AbortSignal,
): Promise<string> {
  const send = () => octokit.rest.checks.listAnnotations({ ...repo, check_run_id, per_page: 100, ...within(signal) });
  const found = await read({ name: "GET /annotations", schema: z.array(annotationSchema), signal, send });
  // As a compiler would word it, so that it is read as the output of a check here.
  return found
    .filter(({ annotation_level: level }) => level === "failure")
    .map(({ path, start_line: line, message }) => `${path}:${line}:1 - error\n${message ?? ""}`)
    .join("\n");
}

/** The tree of a commit. */
export async function readTree(
  { octokit, repo, within }: GitHubConnection,
  commit_sha: string,
  signal: AbortSignal,
): Promise<string> {
  const send = () => octokit.rest.git.getCommit({ ...repo, commit_sha, ...within(signal) });
  return (await read({ name: "GET /git/commits", schema: commitSchema, signal, send })).tree.sha;
}

/** The login of whoever wrote a commit, where GitHub knows a person. */
export async function readAuthor(
  { octokit, repo, within }: GitHubConnection,
  ref: string,
  signal: AbortSignal,
): Promise<string | null> {
  const send = () => octokit.rest.repos.getCommit({ ...repo, ref, ...within(signal) });
  const { author } = await read({ name: "GET /commits", schema: authorSchema, signal, send });
  return author?.type === "User" ? author.login : null;
}

/** The pull request that brought a commit, the first one where there are several; null: GitHub knows of none. */
export async function readPullRequestOf(
  { octokit, repo, within }: GitHubConnection,
  commit_sha: string,
  signal: AbortSignal,
): Promise<number | null> {
  const send = () =>
    octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...repo, commit_sha, ...within(signal) });
  const schema = z.array(z.object({ number: z.int(), merged_at: z.string().nullish() }));
  const found = await read({ name: "GET /commits/pulls", schema, signal, send }).catch(unknownCommit);
  const merged = found.flatMap(({ number, merged_at: at }) => (typeof at === "string" ? [number] : []));
  return merged.length === 0 ? null : Math.min(...merged);
}

/** Whether somebody may push to the repository. */
export async function readMayWrite(
  { octokit, repo, within }: GitHubConnection,
  username: string,
  signal: AbortSignal,
): Promise<boolean> {
  const send = () => octokit.rest.repos.getCollaboratorPermissionLevel({ ...repo, username, ...within(signal) });
  const request = { name: "GET /permission", schema: permissionSchema, signal, send };
  const { permission } = await read(request).catch(nobody);
  return ["admin", "maintain", "write"].includes(permission);
}

/** All branches below a prefix with their tips. */
export async function readBranches(
  { octokit, repo, within }: GitHubConnection,
  prefix: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const send = () => octokit.rest.git.listMatchingRefs({ ...repo, ref: `heads/${prefix}`, ...within(signal) });
  const refs = await read({ name: "GET /git/matching-refs", schema: refsSchema, signal, send });
  return new Map(refs.map(({ ref, object }) => [ref.replace(/^refs\/heads\//, ""), object.sha]));
}

/** Only GraphQL knows of merge queues. */
export async function readIsQueued(
  connection: GitHubConnection,
  number: number,
  signal: AbortSignal,
): Promise<boolean> {
  const text =
    "query ($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name) { pullRequest(number: $number) { isInMergeQueue } } }";
  const { owner, repo: name } = connection.repo;
  const schema = z.object({ repository: z.object({ pullRequest: z.object({ isInMergeQueue: z.boolean() }) }) });
  const found = await ask(
    connection,
    { name: "isInMergeQueue", text, variables: { owner, name, number }, schema },
    signal,
  );
  return found.repository.pullRequest.isInMergeQueue;
}

/** A commit that is not on GitHub yet has no pull request there. */
function unknownCommit(error: unknown): readonly { number: number; merged_at?: string }[] {
  if (error instanceof NightsweepError && error.code === "FORGE_REFUSED") return [];
  throw error;
}

/** Somebody whom the repository does not know has no permission. */
function nobody(error: unknown): { readonly permission: string } {
  if (error instanceof NightsweepError && failureOf(error.cause).status === 404) return { permission: "none" };
  throw error;
}

/** What was cancelled, or waits for a person, says neither yes nor no. */
function toCheck(run: z.output<typeof checkRunsSchema>["check_runs"][number]): GitHubCheck {
  const { id, name, status, conclusion, output } = run;
  const text = [output.title, output.summary, output.text].filter((part) => part !== null && part !== "").join("\n");
  const check = { name, text, annotated: output.annotations_count > 0 ? id : null };
  if (status !== "completed" || conclusion === null) return { ...check, state: "pending" };
  if (["success", "neutral", "skipped"].includes(conclusion)) return { ...check, state: "green" };
  return { ...check, state: ["failure", "timed_out", "startup_failure"].includes(conclusion) ? "red" : "pending" };
}

function fromStatus({ context, state, description }: z.output<typeof statusSchema>["statuses"][number]): GitHubCheck {
  const states = { success: "green", pending: "pending", failure: "red", error: "red" } as const;
  const known = Object.entries(states).find(([name]) => name === state)?.[1] ?? "pending";
  return { name: context, state: known, text: description ?? "", annotated: null };
}
