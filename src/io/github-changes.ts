import { z } from "zod";
import { order } from "./github-ask.ts";
import type { GitHubConnection } from "./github-connect.ts";
import { write } from "./github-request.ts";

/** One small write to a pull request. */
export type GitHubChange =
  | { readonly kind: "label"; readonly number: number; readonly label: string }
  | { readonly kind: "create-comment"; readonly number: number; readonly body: string }
  | { readonly kind: "update-comment"; readonly id: number; readonly body: string }
  | {
      readonly kind: "update";
      readonly number: number;
      readonly to: { readonly state?: "closed"; readonly title?: string; readonly body?: string };
    }
  | { readonly kind: "request-login"; readonly number: number; readonly login: string }
  | { readonly kind: "request-team"; readonly number: number; readonly team: string }
  | { readonly kind: "delete-branch"; readonly branch: string };

/** Makes a change, in one attempt. Throws FORGE_REFUSED, FORGE_UNREACHABLE (it may have been made) or INTERRUPTED. */
export async function change(connection: GitHubConnection, wish: GitHubChange, signal: AbortSignal): Promise<void> {
  await write({ name: wish.kind, schema: z.unknown(), signal, send: () => send(connection, wish, signal) });
}

function send(
  { octokit, repo, within }: GitHubConnection,
  wish: GitHubChange,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly data: unknown }> {
  const { pulls, issues, git } = octokit.rest;
  const common = { ...repo, ...within(signal) };
  switch (wish.kind) {
    case "label":
      return issues.addLabels({ ...common, issue_number: wish.number, labels: [wish.label] });
    case "create-comment":
      return issues.createComment({ ...common, issue_number: wish.number, body: wish.body });
    case "update-comment":
      return issues.updateComment({ ...common, comment_id: wish.id, body: wish.body });
    case "update":
      return pulls.update({ ...common, pull_number: wish.number, ...wish.to });
    case "request-login":
      return pulls.requestReviewers({ ...common, pull_number: wish.number, reviewers: [wish.login] });
    case "request-team":
      return pulls.requestReviewers({ ...common, pull_number: wish.number, team_reviewers: [wish.team] });
    case "delete-branch":
      return git.deleteRef({ ...common, ref: `heads/${wish.branch}` });
    default:
      return wish satisfies never;
  }
}

const mutations = {
  markReady: "markPullRequestReadyForReview",
  enableAutoMerge: "enablePullRequestAutoMerge",
  enqueue: "enqueuePullRequest",
} as const;

/** The writes that only GraphQL has; with a head they refuse when the branch has moved. */
export async function changeById(
  connection: GitHubConnection,
  wish: { readonly kind: keyof typeof mutations; readonly id: string; readonly head?: string },
  signal: AbortSignal,
): Promise<void> {
  const { kind, id, head } = wish;
  const name = mutations[kind];
  const [declared, given] = head === undefined ? ["", ""] : [", $head: GitObjectID!", ", expectedHeadOid: $head"];
  const text = `mutation ($id: ID!${declared}) { ${name}(input: { pullRequestId: $id${given} }) { clientMutationId } }`;
  await order(connection, { name, text, variables: { id, ...(head === undefined ? {} : { head }) } }, signal);
}
