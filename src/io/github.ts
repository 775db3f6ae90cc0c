import { z } from "zod";
import { NightsweepError } from "../core/errors.ts";
import type { GitHubConnection } from "./github-connect.ts";
import { failureOf, read, write, type GitHubRequest } from "./github-request.ts";

/** A pull request as GitHub knows it. */
export type GitHubPullRequest = {
  readonly number: number;
  readonly url: string;
  readonly state: "open" | "merged" | "closed";
  readonly body: string;
  readonly labels: readonly string[];
  readonly closedAt: string | null;
  /** Branch and tip; null where the listing does not say them. */
  readonly head: { readonly branch: string; readonly commit: string } | null;
};

/** What is sent to open a pull request. */
type NewPullRequest = {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
};

/** How GitHub took a new pull request; `exists` and `no-drafts` are answers, anything else is thrown. */
type CreateAnswer =
  { readonly kind: "created"; readonly pullRequest: GitHubPullRequest } | { readonly kind: "exists" | "no-drafts" };

/** The state that a repository is in, as far as it matters to a sweep. */
type RepositoryState = { readonly archived: boolean; readonly disabled: boolean; readonly fork: boolean };

/** The few requests that publishing makes. All throw what `read` and `write` throw. */
export type GitHubClient = {
  repositoryState(signal: AbortSignal): Promise<RepositoryState>;
  openPullRequests(signal: AbortSignal): Promise<readonly GitHubPullRequest[]>;
  /** Closed and merged ones that carry the label. */
  closedPullRequests(label: string, signal: AbortSignal): Promise<readonly GitHubPullRequest[]>;
  /** Every pull request whose head is this branch of this repository, newest first. */
  pullRequestsOf(branch: string, signal: AbortSignal): Promise<readonly GitHubPullRequest[]>;
  createPullRequest(request: NewPullRequest, signal: AbortSignal): Promise<CreateAnswer>;
  addLabels(number: number, labels: readonly string[], signal: AbortSignal): Promise<void>;
};

const pageSize = 100;

/** 5,000 pull requests; where there are more, the oldest are not looked at. */
const mostPages = 50;

const labelSchema = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const pullSchema = z.object({
  number: z.int(),
  html_url: z.string(),
  state: z.enum(["open", "closed"]),
  merged_at: z.string().nullish(),
  closed_at: z.string().nullish(),
  body: z.string().nullish(),
  labels: z.array(labelSchema),
  head: z.object({ ref: z.string(), sha: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
});
type Pull = z.output<typeof pullSchema>;
const issueSchema = pullSchema
  .pick({ number: true, html_url: true, body: true, labels: true, closed_at: true })
  .extend({ pull_request: z.object({ merged_at: z.string().nullish() }).nullish() });
const stateSchema = z.object({ archived: z.boolean(), disabled: z.boolean(), fork: z.boolean() });

/** Makes the client of one repository. */
export function createGitHubClient({ octokit, repo, within }: GitHubConnection): GitHubClient {
  const pulls = async (signal: AbortSignal, filter: { readonly state: "open" | "all"; readonly head?: string }) => {
    const found = await allPages("GET /pulls", pullSchema, signal, (page) =>
      octokit.rest.pulls.list({ ...repo, ...filter, ...page, ...within(signal) }),
    );
    return found.filter((pull) => isOwn(pull, repo));
  };
  return {
    repositoryState: (signal) => {
      const send = () => octokit.rest.repos.get({ ...repo, ...within(signal) });
      return read({ name: "GET /repos", schema: stateSchema, signal, send });
    },
    openPullRequests: async (signal) => (await pulls(signal, { state: "open" })).map(fromPull),
    async closedPullRequests(labels, signal) {
      const issues = await allPages("GET /issues", issueSchema, signal, (page) =>
        octokit.rest.issues.listForRepo({ ...repo, labels, state: "closed", ...page, ...within(signal) }),
      );
      return issues.flatMap(
        ({ number, html_url: url, pull_request: pull, body, labels, closed_at: closedAt = null }) => {
          if (pull === undefined || pull === null) return [];
          return [{ number, url, state: closedState(pull.merged_at), body: body ?? "", labels, closedAt, head: null }];
        },
      );
    },
    async pullRequestsOf(branch, signal) {
      const found = await pulls(signal, { state: "all", head: `${repo.owner}:${branch}` });
      return found.filter(({ head }) => head.ref === branch).map(fromPull);
    },
    createPullRequest: ({ branch: head, base, title, body, draft }, signal) => {
      const send = () => octokit.rest.pulls.create({ ...repo, head, base, title, body, draft, ...within(signal) });
      return create({ name: "POST /pulls", schema: pullSchema, signal, send });
    },
    async addLabels(number, labels, signal) {
      const send = () =>
        octokit.rest.issues.addLabels({ ...repo, issue_number: number, labels: [...labels], ...within(signal) });
      await write({ name: "POST /issues/labels", schema: z.array(labelSchema), signal, send });
    },
  };
}

async function create(request: GitHubRequest<Pull>): Promise<CreateAnswer> {
  try {
    return { kind: "created", pullRequest: fromPull(await write(request)) };
  } catch (error) {
    const kind = knownRefusal(error);
    if (kind === null) throw error;
    return { kind };
  }
}

/** GitHub tells these two refusals from others only by their words. */
function knownRefusal(error: unknown): "exists" | "no-drafts" | null {
  if (!(error instanceof NightsweepError)) return null;
  const { status, message } = failureOf(error.cause);
  if (status !== 422) return null;
  if (/pull request already exists/i.test(message)) return "exists";
  return /draft pull requests are not supported/i.test(message) ? "no-drafts" : null;
}

/** A fork's branch may have the same name: what stands there is not ours. */
function isOwn({ head }: Pull, { owner, repo }: GitHubConnection["repo"]): boolean {
  return head.repo?.full_name.toLowerCase() === `${owner}/${repo}`.toLowerCase();
}

function fromPull(pull: Pull): GitHubPullRequest {
  const { number, html_url: url, labels, head, body, closed_at: closedAt = null } = pull;
  const state = pull.state === "open" ? "open" : closedState(pull.merged_at);
  return { number, url, state, body: body ?? "", labels, closedAt, head: { branch: head.ref, commit: head.sha } };
}

function closedState(mergedAt: string | null | undefined): "merged" | "closed" {
  return mergedAt === undefined || mergedAt === null ? "closed" : "merged";
}

/** Counts pages instead of following links, which might lead the token elsewhere. */
async function allPages<Item>(
  name: string,
  item: z.ZodType<Item>,
  signal: AbortSignal,
  send: (page: { readonly page: number; readonly per_page: number }) => Promise<{ status: number; data: unknown }>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const found = await read({ name, schema: z.array(item), signal, send: () => send({ page, per_page: pageSize }) });
    items.push(...found);
    if (found.length < pageSize) break;
  }
  return items;
}
