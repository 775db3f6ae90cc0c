import { buildSchema, graphql, Kind, OperationTypeNode, parse, type GraphQLSchema } from "graphql";
import { z } from "zod";
import { needs } from "./access.ts";
import { resolveRef } from "./bare-git.ts";
import { isPull, type Answer } from "./call.ts";
import { createCommitOnBranch, updateRefs } from "./graphql-commits.ts";
import { permit, refuse, type Context } from "./graphql-context.ts";
import { nodeIdOf, showUser } from "./present.ts";
import { addEvent, findRepository, fullName, type FakeIssue, type FakePull, type FakeRepository } from "./world.ts";

type PullRef = { readonly repository: FakeRepository; readonly issue: FakeIssue & { readonly pull: FakePull } };

let schema: Promise<GraphQLSchema> | undefined;

/** GitHub's own schema; it takes half a second, so only who asks waits for it. */
function gitHubSchema(): Promise<GraphQLSchema> {
  return (schema ??= import("@octokit/graphql-schema").then(({ schema: { idl } }) =>
    buildSchema(idl, { assumeValidSDL: true, noLocation: true }),
  ));
}

const requestSchema = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).optional() });

/** The first field of a request and whether it writes, for faults and the list of what was seen. */
export function fieldOf(body: unknown): { readonly operation: string; readonly write: boolean } {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) return { operation: "graphql/unreadable", write: false };
  const definition = parse(parsed.data.query).definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const [first] = definition?.selectionSet.selections ?? [];
  const name = first?.kind === Kind.FIELD ? first.name.value : "unreadable";
  return { operation: `graphql/${name}`, write: definition?.operation === OperationTypeNode.MUTATION };
}

/** Executes a request. GitHub answers 200 with `errors` to what it refuses, and so does this. */
export async function answerGraphql(
  context: Context,
  body: unknown,
): Promise<Answer & { readonly problems: readonly string[] }> {
  const { query, variables = {} } = requestSchema.parse(body);
  const result = await graphql({
    schema: await gitHubSchema(),
    source: query,
    rootValue: root,
    contextValue: context,
    variableValues: variables,
  });
  // What a resolver refused is GitHub's answer; anything else is a request that GitHub would not understand.
  const refused = new Set(context.refusals.map(({ message }) => message));
  const problems = (result.errors ?? []).map(({ message }) => message).filter((message) => !refused.has(message));
  const typed = (result.errors ?? []).map(({ message, path, locations }) => ({
    type:
      context.refusals.find((one) => one.message === message)?.answer.status === 403 ? "FORBIDDEN" : "UNPROCESSABLE",
    ...{ message, path, locations },
  }));
  const answer = { data: result.data ?? null, ...(typed.length === 0 ? {} : { errors: typed }) };
  return { status: 200, body: answer, problems };
}

type Input<Fields> = { readonly input: Fields };

const root = {
  viewer: (_: unknown, { world, token }: Context) => showUser(world, token.login),
  repository: ({ owner, name }: { readonly owner: string; readonly name: string }, context: Context) => {
    const repository = findRepository(context.world, owner, name);
    if (repository === undefined)
      throw refuse(context, 404, `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    permit(context, repository, needs["repos/get"]);
    return showRepositoryNode(repository);
  },
  createCommitOnBranch,
  updateRefs,
  markPullRequestReadyForReview: changePull(({ issue }, { token, world }) => {
    issue.pull.draft = false;
    addEvent(world, issue, { event: "ready_for_review", actor: token.login });
  }),
  convertPullRequestToDraft: changePull(({ issue }, { token, world }) => {
    issue.pull.draft = true;
    addEvent(world, issue, { event: "convert_to_draft", actor: token.login });
  }),
  enablePullRequestAutoMerge: changePull(({ issue, repository }, context, input) => {
    const rules = repository.protection.get(issue.pull.base);
    if (!repository.allowAutoMerge) throw refuse(context, 422, "Auto merge is not allowed for this repository");
    if (issue.pull.draft) throw refuse(context, 422, "Pull request Pull request is in draft state");
    if (rules === undefined) throw refuse(context, 422, "Pull request Pull request is in clean status");
    if (input.expectedHeadOid !== undefined && input.expectedHeadOid !== issue.pull.head)
      throw refuse(context, 422, "Head sha didn't match expected head sha");
    issue.pull.autoMerge = { by: context.token.login, method: input.mergeMethod ?? "MERGE" };
    addEvent(context.world, issue, { event: "auto_merge_enabled", actor: context.token.login });
  }),
  disablePullRequestAutoMerge: changePull(({ issue }) => {
    issue.pull.autoMerge = null;
  }),
  enqueuePullRequest: (words: Input<PullInput>, context: Context) => {
    const { issue, repository } = findPull(context, words.input.pullRequestId);
    if (repository.protection.get(issue.pull.base)?.mergeQueue !== true)
      throw refuse(context, 422, "The base branch does not have a merge queue");
    issue.pull.queued = true;
    addEvent(context.world, issue, { event: "added_to_merge_queue", actor: context.token.login });
    return { mergeQueueEntry: { id: "MQE_1", position: 1 } };
  },
  dequeuePullRequest: (words: Input<{ readonly id: string }>, context: Context) => {
    const { issue } = findPull(context, words.input.id);
    issue.pull.queued = false;
    return { mergeQueueEntry: null };
  },
};

function showRepositoryNode(repository: FakeRepository) {
  const { owner, name, allowAutoMerge, defaultBranch } = repository;
  return {
    ...{ id: `R_${fullName(repository)}`, name, nameWithOwner: `${owner}/${name}`, autoMergeAllowed: allowAutoMerge },
    defaultBranchRef: async () => ({
      name: defaultBranch,
      target: { oid: await resolveRef(repository.bare, defaultBranch) },
    }),
    mergeQueue: ({ branch }: { readonly branch?: string }) =>
      repository.protection.get(branch ?? defaultBranch)?.mergeQueue === true
        ? { id: `MQ_${fullName(repository)}` }
        : null,
    ref: async ({ qualifiedName }: { readonly qualifiedName: string }) => {
      const oid = await resolveRef(repository.bare, qualifiedName);
      return oid === null ? null : { id: qualifiedName, name: qualifiedName, target: { __typename: "Commit", oid } };
    },
    pullRequest: ({ number }: { readonly number: number }, context: Context) => {
      permit(context, repository, needs["pulls/get"]);
      const issue = repository.issues.filter(isPull).find((one) => one.number === number);
      if (issue === undefined)
        throw refuse(context, 404, `Could not resolve to a PullRequest with the number of ${number}.`);
      return showPullNode({ repository, issue });
    },
  };
}

function showPullNode({ repository, issue }: PullRef) {
  const { number, title, body, state, pull } = issue;
  return {
    ...{ id: nodeIdOf(repository, issue), number, title, body, isDraft: pull.draft, isInMergeQueue: pull.queued },
    ...{ state: pull.merged === null ? state.toUpperCase() : "MERGED", merged: pull.merged !== null },
    ...{ headRefName: pull.branch, headRefOid: pull.head, baseRefName: pull.base },
    autoMergeRequest: pull.autoMerge === null ? null : { mergeMethod: pull.autoMerge.method },
    mergeQueueEntry: pull.queued ? { id: `MQE_${number}`, position: 1 } : null,
    reviewDecision: pull.reviews.at(-1)?.state === "APPROVED" ? "APPROVED" : null,
  };
}

type PullInput = {
  readonly pullRequestId: string;
  readonly mergeMethod?: "MERGE" | "SQUASH" | "REBASE";
  readonly expectedHeadOid?: string;
};

function changePull(change: (found: PullRef, context: Context, input: PullInput) => void) {
  return ({ input }: Input<PullInput>, context: Context) => {
    const found = findPull(context, input.pullRequestId);
    if (found.issue.state === "closed") throw refuse(context, 422, "Pull request is closed");
    change(found, context, input);
    return { pullRequest: showPullNode(found) };
  };
}

function findPull(context: Context, id: string): PullRef {
  for (const repository of context.world.repositories)
    for (const issue of repository.issues)
      if (isPull(issue) && nodeIdOf(repository, issue) === id) {
        permit(context, repository, needs["pulls/update"]);
        return { repository, issue };
      }
  throw refuse(context, 404, `Could not resolve to a node with the global id of '${id}'`);
}
