import { z } from "zod";
import { NightsweepError } from "../core/errors.ts";
import type { GitHubConnection } from "./github-connect.ts";
import { read, write, type GitHubRequest } from "./github-request.ts";

/** What a tree changes of the one before it; `text` null takes the file away. */
type TreeEntry = { readonly path: string; readonly mode: string; readonly text: string | null };

/** A commit to be made by GitHub. */
export type CommitWish = {
  readonly message: string;
  readonly entries: readonly TreeEntry[];
  /** What its tree must be: the one that was checked, or a step on the way to it. */
  readonly tree: string;
};

/** A commit as GitHub knows it. */
export type KnownCommit = {
  readonly tree: string;
  readonly message: string;
  readonly author: string;
  readonly committer: string;
};

const objectSchema = z.object({ sha: z.string() });
const personSchema = z.object({ email: z.string() });
const commitSchema = z.object({
  message: z.string(),
  tree: objectSchema,
  author: personSchema,
  committer: personSchema,
});
const refsSchema = z.array(z.object({ ref: z.string(), object: objectSchema }));

/**
 * Makes commits by GitHub's own hand, one on the other: made by an app and without an author of ours they are signed.
 * No branch knows them yet, so nothing is to be seen and no CI runs before all are there; and making an object again
 * does nothing, so these requests are repeated like readings. Throws FORGE_REFUSED when a tree is not the one that was
 * asked for.
 */
export async function makeCommits(
  { octokit, repo, within }: GitHubConnection,
  commits: readonly CommitWish[],
  base: { readonly commit: string; readonly tree: string },
  signal: AbortSignal,
): Promise<string> {
  let { commit: parent, tree: before } = base;
  for (const { message, entries, tree: wanted } of commits) {
    const tree = entries.map(({ path, mode, text }) => ({
      ...entryOf(path, mode),
      ...(text === null ? { sha: null } : { content: text }),
    }));
    const sendTree = () => octokit.rest.git.createTree({ ...repo, base_tree: before, tree, ...within(signal) });
    const made = await read({ name: "POST /git/trees", schema: objectSchema, signal, send: sendTree });
    if (made.sha !== wanted)
      throw new NightsweepError("FORGE_REFUSED", `a tree on GitHub is ${made.sha}, and ${wanted} was checked`);
    const sendCommit = () =>
      octokit.rest.git.createCommit({ ...repo, message, tree: wanted, parents: [parent], ...within(signal) });
    parent = (await read({ name: "POST /git/commits", schema: objectSchema, signal, send: sendCommit })).sha;
    before = wanted;
  }
  return parent;
}

type TreeMode = "100644" | "100755" | "120000";

function entryOf(path: string, mode: string): { path: string; mode: TreeMode; type: "blob" } {
  if (mode === "100755" || mode === "120000") return { path, mode, type: "blob" };
  return { path, mode: "100644", type: "blob" };
}

/** The tip of a branch; null when there is no such branch. */
export async function readBranchHead(
  { octokit, repo, within }: GitHubConnection,
  branch: string,
  signal: AbortSignal,
): Promise<string | null> {
  const send = () => octokit.rest.git.listMatchingRefs({ ...repo, ref: `heads/${branch}`, ...within(signal) });
  const refs = await read({ name: "GET /git/matching-refs", schema: refsSchema, signal, send });
  return refs.find(({ ref }) => ref === `refs/heads/${branch}`)?.object.sha ?? null;
}

/** Reads a commit. */
export async function readCommit(
  { octokit, repo, within }: GitHubConnection,
  commit: string,
  signal: AbortSignal,
): Promise<KnownCommit> {
  const send = () => octokit.rest.git.getCommit({ ...repo, commit_sha: commit, ...within(signal) });
  const found = await read({ name: "GET /git/commits", schema: commitSchema, signal, send });
  const { message, tree, author, committer } = found;
  return { message, tree: tree.sha, author: author.email, committer: committer.email };
}

/** Which commit a branch is to have (null: it goes), and which it must have until then (null: there is none). */
export type BranchMove = { readonly branch: string; readonly expected: string | null; readonly commit: string | null };

const none = "0".repeat(40);

/**
 * Makes, moves or deletes branches: all, and only if each is as expected. GraphQL has the lease that REST lacks. Throws
 * FORGE_REFUSED when one is not, FORGE_UNREACHABLE when it may or may not have been done.
 */
export async function moveBranches(
  connection: GitHubConnection,
  moves: readonly BranchMove[],
  signal: AbortSignal,
): Promise<void> {
  const { repo } = connection;
  const ask = `query($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { id } }`;
  const idSchema = z.object({ repository: z.object({ id: z.string() }) });
  const { repository } = await read(
    graphqlRequest(connection, { query: ask, variables: repo, schema: idSchema, signal }),
  );
  const mutation = `mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }`;
  const refUpdates = moves.map(({ branch, expected, commit }) => ({
    ...{ name: `refs/heads/${branch}`, beforeOid: expected ?? none, afterOid: commit ?? none, force: true },
  }));
  const variables = { input: { repositoryId: repository.id, refUpdates } };
  await write(graphqlRequest(connection, { query: mutation, variables, schema: z.unknown(), signal }));
}

/** Whether what is merged into a branch must be signed. */
export async function needsSignatures(
  { octokit, repo, within }: GitHubConnection,
  branch: string,
  signal: AbortSignal,
): Promise<boolean> {
  const send = () => octokit.rest.repos.getBranchRules({ ...repo, branch, per_page: 100, ...within(signal) });
  const schema = z.array(z.object({ type: z.string() }));
  const rules = await read({ name: "GET /rules/branches", schema, signal, send });
  return rules.some(({ type }) => type === "required_signatures");
}

const onBranchSchema = z.object({
  createCommitOnBranch: z.object({ commit: z.object({ oid: z.string(), tree: z.object({ oid: z.string() }) }) }),
});

/**
 * Makes a commit on a branch that must be as expected; GitHub signs it, whoever asks. Throws FORGE_REFUSED when the branch
 * is not, FORGE_UNREACHABLE when it may or may not have been done.
 */
export async function commitOnBranch(
  connection: GitHubConnection,
  {
    message,
    entries,
    branch,
    expected,
  }: Omit<CommitWish, "tree"> & { readonly branch: string; readonly expected: string },
  signal: AbortSignal,
): Promise<{ readonly commit: string; readonly tree: string }> {
  const { owner, repo } = connection.repo;
  const query = `mutation($input: CreateCommitOnBranchInput!) {
    createCommitOnBranch(input: $input) { commit { oid tree { oid } } }
  }`;
  const [headline = "", ...body] = message.trimEnd().split("\n");
  const input = {
    branch: { repositoryNameWithOwner: `${owner}/${repo}`, branchName: branch },
    message: { headline, body: body.join("\n").trim() },
    fileChanges: {
      additions: entries.flatMap(({ path, text }) =>
        text === null ? [] : [{ path, contents: Buffer.from(text, "utf8").toString("base64") }],
      ),
      deletions: entries.flatMap(({ path, text }) => (text === null ? [{ path }] : [])),
    },
    expectedHeadOid: expected,
  };
  const request = graphqlRequest(connection, { query, variables: { input }, schema: onBranchSchema, signal });
  const { oid, tree } = (await write(request)).createCommitOnBranch.commit;
  return { commit: oid, tree: tree.oid };
}

function graphqlRequest<Answer>(
  { octokit, within }: GitHubConnection,
  wish: {
    readonly query: string;
    readonly variables: Readonly<Record<string, unknown>>;
    readonly schema: z.ZodType<Answer>;
    readonly signal: AbortSignal;
  },
): GitHubRequest<Answer> {
  const { query, variables, schema, signal } = wish;
  const name = /\{\s*(\w+)/.exec(query)?.[1] ?? "query";
  const send = async () => ({
    status: 200,
    data: await octokit.graphql<unknown>(query, { ...variables, ...within(signal) }),
  });
  return { name: `graphql ${name}`, schema, signal, send };
}
