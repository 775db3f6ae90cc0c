import { NightsweepError } from "../core/errors.ts";
import { stillSpeaks } from "../core/lifecycle.ts";
import { decodeMetadata } from "../core/metadata.ts";
import type { PullRequestDraft } from "../core/pull-request.ts";
import { fetchCommit } from "../io/git-revert.ts";
import { connect, type GitHubAccess, type GitHubConnection } from "../io/github-connect.ts";
import { readMayWrite, readPullRequestOf } from "../io/github-standing.ts";
import { createGitHubClient, type GitHubClient, type GitHubPullRequest } from "../io/github.ts";
import type { Forge, ForgeHistory, KnownPullRequest, Opening, Source } from "./forge.ts";
import { createGitHubStanding } from "./github-standing.ts";
import { branchPrefix, ownLabel } from "./names.ts";
import { gitCredentials, isUnclear, pushDraft } from "./push-draft.ts";

type Target = { readonly client: GitHubClient; readonly connection: GitHubConnection };

/** Pull requests on github.com or a GitHub Enterprise Server, as drafts until their own checks are green. */
export function createGitHubForge(access: GitHubAccess & { readonly mayBeFork: boolean }): Forge {
  const connection = connect(access);
  const client = createGitHubClient(connection);
  const name = `${access.owner}/${access.repository}`;
  const target: Target = { client, connection };
  const list: Forge["list"] = async (_source, signal) => {
    const open = await client.openPullRequests(signal);
    const ours = open.filter(({ head }) => head?.branch.startsWith(branchPrefix));
    const closed = await client.closedPullRequests(ownLabel, signal);
    return [...ours, ...closed].flatMap(known).toSorted((a, b) => a.number - b.number);
  };
  return {
    name: "github",
    async admit(signal) {
      const { archived, disabled, fork } = await client.repositoryState(signal);
      if (archived) throw new NightsweepError("REPOSITORY_ARCHIVED", name);
      if (disabled) throw new NightsweepError("REPOSITORY_DISABLED", name);
      if (fork && !access.mayBeFork) throw new NightsweepError("REPOSITORY_FORK", name);
      return gitCredentials(connection, "read", signal);
    },
    list,
    async fetch({ number }, { mirror }, signal) {
      const credentials = await gitCredentials(connection, "read", signal);
      const source = `${connection.gitOrigin}/${name}.git`;
      return fetchCommit(mirror, { source, ref: `refs/pull/${number}/head`, credentials }, signal);
    },
    history: historyOf(connection),
    open: (draft, source, signal) => open(target, draft, source, signal),
    mayWrite: (login, signal) => readMayWrite(connection, login, signal),
    standing: createGitHubStanding(connection, list),
  };
}

/** A link to a pull request would be noted on its page for ever; on github.com there is an address that does not. */
function historyOf(connection: GitHubConnection): ForgeHistory {
  const { owner, repo } = connection.repo;
  const { host } = new URL(connection.gitOrigin);
  const quiet = host === "github.com" ? "https://redirect.github.com" : connection.gitOrigin;
  return {
    commitUrl: (commit) => `${connection.gitOrigin}/${owner}/${repo}/commit/${commit}`,
    pullRequestUrl: (number) => `${quiet}/${owner}/${repo}/pull/${number}`,
    pullRequestOf: (commit, signal) => readPullRequestOf(connection, commit, signal),
  };
}

/** Looks before each step, so that a night that was killed between two of them goes on with what is missing. */
async function open(target: Target, draft: PullRequestDraft, source: Source, signal: AbortSignal): Promise<Opening> {
  const found = await lookUp(target.client, draft, signal);
  if (found !== null) return settle(target.client, draft, found, signal);
  const pushed = await pushDraft(target.connection, draft, source, { signal });
  if (pushed.kind === "taken") return { kind: "branch-taken", because: pushed.because };
  const { branch, base, title, body } = draft;
  const wish = { branch, base: base.branch, title, body: body(pushed.head), now: draft.now };
  const made = await createOrFind(target.client, wish, signal);
  const opening = await settle(target.client, draft, made, signal);
  return opening.kind === "already-open" ? { ...opening, kind: "opened" } : opening;
}

/** An open one gets the labels that it lacks; one that a person closed or merged is left as it is. */
async function settle(
  client: GitHubClient,
  draft: PullRequestDraft,
  found: GitHubPullRequest,
  signal: AbortSignal,
): Promise<Opening> {
  const [pullRequest] = known(found);
  if (pullRequest === undefined) return { kind: "branch-taken", because: `${found.url} is not one of ours` };
  if (pullRequest.state !== "open") return { kind: "answered", pullRequest };
  const missing = draft.labels.filter((label) => !found.labels.includes(label));
  if (missing.length > 0) await client.addLabels(found.number, missing, signal);
  return { kind: "already-open", pullRequest };
}

/** The open one, else the last that still says something: what we closed ourselves may be opened again. */
async function lookUp(
  client: GitHubClient,
  { branch, now }: Pick<PullRequestDraft, "branch" | "now">,
  signal: AbortSignal,
): Promise<GitHubPullRequest | null> {
  const all = await client.pullRequestsOf(branch, signal);
  const found = all.filter((one) => one.state !== "closed" || stillSpeaks(one, now));
  return found.find(({ state }) => state === "open") ?? found[0] ?? null;
}

/** A failed answer does not say whether the pull request was made, so it is looked up before the one second attempt. */
async function createOrFind(client: GitHubClient, wish: Wish, signal: AbortSignal): Promise<GitHubPullRequest> {
  const first = await create(client, wish, signal).catch((error: unknown) => unclear(error));
  if (first !== null) return first;
  const found = await lookUp(client, wish, signal);
  if (found !== null) return found;
  const second = await create(client, wish, signal);
  if (second !== null) return second;
  throw new NightsweepError("FORGE_REFUSED", `${wish.branch} is said to have a pull request that cannot be found`);
}

/** null: there is one already, and it has to be looked up. */
async function create(client: GitHubClient, wish: Wish, signal: AbortSignal): Promise<GitHubPullRequest | null> {
  const { branch, base, title, body } = wish;
  const request = { branch, base, title, body };
  const answer = await client.createPullRequest({ ...request, draft: true }, signal);
  if (answer.kind === "created") return answer.pullRequest;
  if (answer.kind === "exists") return null;
  const ready = await client.createPullRequest({ ...request, draft: false }, signal);
  return ready.kind === "created" ? ready.pullRequest : null;
}

type Wish = Omit<Parameters<GitHubClient["createPullRequest"]>[0], "draft"> & Pick<PullRequestDraft, "now">;

function unclear(error: unknown): null {
  if (isUnclear(error)) return null;
  throw error;
}

/** An open one is known by its branch; a closed one, whose branch the listing lacks, by its metadata alone. */
function known(pull: GitHubPullRequest): readonly KnownPullRequest[] {
  const metadata = decodeMetadata(pull.body);
  const head = pull.head ?? (metadata === null ? null : { branch: metadata.branch, commit: metadata.head });
  if (head === null || !head.branch.startsWith(branchPrefix)) return [];
  const { candidates, night } = metadata ?? { candidates: [], night: null };
  const { number, url, state, labels, closedAt } = pull;
  const place = { branch: head.branch, number, url, state, head: head.commit };
  return [{ ...place, night, candidates, labels, closedAt }];
}
