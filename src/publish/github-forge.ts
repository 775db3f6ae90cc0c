import { NightsweepError } from "../core/errors.ts";
import { decodeMetadata } from "../core/metadata.ts";
import type { PullRequestDraft } from "../core/pull-request.ts";
import { nightsweepAuthor, pushCommit } from "../io/git-tree.ts";
import type { GitCredentials } from "../io/git.ts";
import { connect, type GitHubAccess, type GitHubConnection } from "../io/github-connect.ts";
import type { Purpose } from "../io/github-tokens.ts";
import { createGitHubClient, type GitHubClient, type GitHubPullRequest } from "../io/github.ts";
import type { Forge, KnownPullRequest, Opening, Source } from "./forge.ts";
import { branchPrefix, ownLabel } from "./names.ts";

type Target = { readonly client: GitHubClient; readonly connection: GitHubConnection; readonly gitUrl: string };

/** Pull requests on github.com or a GitHub Enterprise Server, as drafts until their own checks are green. */
export function createGitHubForge(access: GitHubAccess & { readonly mayBeFork: boolean }): Forge {
  const connection = connect(access);
  const client = createGitHubClient(connection);
  const name = `${access.owner}/${access.repository}`;
  const target: Target = { client, connection, gitUrl: `${connection.gitOrigin}/${name}.git` };
  return {
    name: "github",
    async admit(signal) {
      const { archived, disabled, fork } = await client.repositoryState(signal);
      if (archived) throw new NightsweepError("REPOSITORY_ARCHIVED", name);
      if (disabled) throw new NightsweepError("REPOSITORY_DISABLED", name);
      if (fork && !access.mayBeFork) throw new NightsweepError("REPOSITORY_FORK", name);
      return gitCredentials(connection, "read", signal);
    },
    async list(_source, signal) {
      const open = await client.openPullRequests(signal);
      const ours = open.filter(({ head }) => head?.branch.startsWith(branchPrefix));
      const closed = await client.closedPullRequests(ownLabel, signal);
      return [...ours, ...closed].flatMap(known).toSorted((a, b) => a.number - b.number);
    },
    open: (draft, source, signal) => open(target, draft, source, signal),
  };
}

/** Looks before each step, so that a night that was killed between two of them goes on with what is missing. */
async function open(target: Target, draft: PullRequestDraft, source: Source, signal: AbortSignal): Promise<Opening> {
  const found = await lookUp(target.client, draft.branch, signal);
  if (found !== null) return settle(target.client, draft, found, signal);
  const taken = await pushBranch(target, draft, source.mirror, signal);
  if (taken !== null) return { kind: "branch-taken", because: taken };
  const made = await createOrFind(target.client, draft, signal);
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

async function lookUp(client: GitHubClient, branch: string, signal: AbortSignal): Promise<GitHubPullRequest | null> {
  const found = await client.pullRequestsOf(branch, signal);
  return found.find(({ state }) => state === "open") ?? found[0] ?? null;
}

/** Returns why the branch is not ours to move, or null when our commit is its tip. */
async function pushBranch(
  target: Target,
  draft: PullRequestDraft,
  mirror: string,
  signal: AbortSignal,
): Promise<string | null> {
  const { client, connection, gitUrl } = target;
  const { branch, head } = draft;
  const expected = await client.branchHead(branch, signal);
  if (expected === head.commit) return null;
  if (expected !== null) {
    const identities = await client.commitIdentities(expected, signal);
    if (identities.some((email) => email !== nightsweepAuthor.email))
      return `the branch ${branch} has a commit of somebody else`;
  }
  const credentials = await gitCredentials(connection, "write", signal);
  try {
    await pushCommit(mirror, { commit: head.commit, target: gitUrl, branch, expected, credentials }, signal);
  } catch (error) {
    if (!(error instanceof NightsweepError) || error.code !== "GIT_FAILED") throw error;
    const now = await client.branchHead(branch, signal);
    if (now !== head.commit) throw pushFailure(error, branch);
  }
  return null;
}

/** git says in words whether the server refused or was not there. */
function pushFailure(error: NightsweepError, branch: string): NightsweepError {
  const refused = /rejected|denied|forbidden|authentication|invalid credentials|error: 40[134]|not found/i;
  const code = refused.test(error.detail ?? "") ? "FORGE_REFUSED" : "FORGE_UNREACHABLE";
  const detail = error.detail === undefined ? {} : { detail: error.detail };
  return new NightsweepError(code, `push of ${branch}`, { cause: error, ...detail });
}

/** A failed answer does not say whether the pull request was made, so it is looked up before the one second attempt. */
async function createOrFind(
  client: GitHubClient,
  draft: PullRequestDraft,
  signal: AbortSignal,
): Promise<GitHubPullRequest> {
  const first = await create(client, draft, signal).catch((error: unknown) => unclear(error));
  if (first !== null) return first;
  const found = await lookUp(client, draft.branch, signal);
  if (found !== null) return found;
  const second = await create(client, draft, signal);
  if (second !== null) return second;
  throw new NightsweepError("FORGE_REFUSED", `${draft.branch} is said to have a pull request that cannot be found`);
}

/** null: there is one already, and it has to be looked up. */
async function create(
  client: GitHubClient,
  draft: PullRequestDraft,
  signal: AbortSignal,
): Promise<GitHubPullRequest | null> {
  const { branch, title, body } = draft;
  const request = { branch, base: draft.base.branch, title, body };
  const answer = await client.createPullRequest({ ...request, draft: true }, signal);
  if (answer.kind === "created") return answer.pullRequest;
  if (answer.kind === "exists") return null;
  const ready = await client.createPullRequest({ ...request, draft: false }, signal);
  return ready.kind === "created" ? ready.pullRequest : null;
}

function unclear(error: unknown): null {
  if (error instanceof NightsweepError && error.code === "FORGE_UNREACHABLE") return null;
  throw error;
}

/** An open one is known by its branch; a closed one, whose branch the listing lacks, by its metadata alone. */
function known(pull: GitHubPullRequest): readonly KnownPullRequest[] {
  const metadata = decodeMetadata(pull.body);
  const head = pull.head ?? (metadata === null ? null : { branch: metadata.branch, commit: metadata.head });
  if (head === null || !head.branch.startsWith(branchPrefix)) return [];
  const { candidates, night } = metadata ?? { candidates: [], night: null };
  const { number, url, state } = pull;
  return [{ branch: head.branch, number, url, state, head: head.commit, night, candidates }];
}

/** A push gets a token of its own, made now: those of an app live for an hour, and a night is longer. */
async function gitCredentials(
  { tokens, gitOrigin }: GitHubConnection,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<GitCredentials> {
  const token = await tokens.token(purpose, signal, purpose === "write");
  const authorization = `Basic ${Buffer.from(`x-access-token:${token}`, "utf8").toString("base64")}`;
  return { baseUrl: `${gitOrigin}/`, authorization };
}
