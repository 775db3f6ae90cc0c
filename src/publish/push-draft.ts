import { NightsweepError } from "../core/errors.ts";
import type { PullRequestDraft } from "../core/pull-request.ts";
import { nightsweepAuthor, pushCommit, readTreeEntries, treeOf } from "../io/git-tree.ts";
import type { GitCredentials } from "../io/git.ts";
import {
  commitOnBranch,
  makeCommits,
  moveBranches,
  needsSignatures,
  readBranchHead,
  readCommit,
  type BranchMove,
  type CommitWish,
  type KnownCommit,
} from "../io/github-commits.ts";
import type { GitHubConnection } from "../io/github-connect.ts";
import type { Purpose } from "../io/github-tokens.ts";
import { candidatesOfMessage } from "./commits.ts";
import type { Source } from "./forge.ts";

/** How a draft came onto its branch. `taken`: what stands there is not ours to move. */
type Pushed =
  { readonly kind: "pushed" | "there"; readonly head: string } | { readonly kind: "taken"; readonly because: string };

/**
 * Puts the commits of a draft onto its branch, all at once. What is there is looked up first: the very tree is left as
 * it is, other commits of ours are replaced, anything of a person is theirs. With `expected` only that tip is replaced.
 */
export async function pushDraft(
  connection: GitHubConnection,
  draft: PullRequestDraft,
  source: Source,
  how: { readonly expected?: string; readonly signal: AbortSignal },
): Promise<Pushed> {
  const { signal } = how;
  const { branch, head } = draft;
  const tip = await readBranchHead(connection, branch, signal);
  if (tip === head.commit) return { kind: "there", head: tip };
  if (tip !== null) {
    const commit = await readCommit(connection, tip, signal);
    if (isOurs(commit) && commit.tree === head.tree) return { kind: "there", head: tip };
    const isAsExpected = how.expected === undefined ? isOurs(commit) : tip === how.expected;
    if (!isAsExpected) return { kind: "taken", because: `the branch ${branch} has a commit of somebody else` };
  }
  const move = { tip, signal };
  if (connection.tokens.kind === "app") return pushed(await pushByApi(connection, draft, source, move));
  if (await needsSignatures(connection, draft.base.branch, signal))
    return pushed(await pushSigned(connection, draft, source, move));
  await pushByGit(connection, draft, source, move);
  return pushed(head.commit);
}

function pushed(head: string): Pushed {
  return { kind: "pushed", head };
}

type Move = { readonly tip: string | null; readonly signal: AbortSignal };

/** An app's commits are made by GitHub, which signs them. */
async function pushByApi(
  connection: GitHubConnection,
  draft: PullRequestDraft,
  source: Source,
  { tip, signal }: Move,
): Promise<string> {
  const { branch, base } = draft;
  const tree = await treeOf(source.mirror, base.commit, signal);
  const commit = await makeCommits(
    connection,
    await wishesOf(draft, source, signal),
    { commit: base.commit, tree },
    signal,
  );
  await moveOrFind(connection, [{ branch, expected: tip, commit }], signal);
  return commit;
}

/** Where the commits of a token are made before their branch gets them all at once. */
const workshopPrefix = "nightsweep-made/";

/**
 * What a token commits is signed only if GitHub commits it on a branch. That is one of its own, which a killed night may
 * have left behind: it begins anew each time, and goes in the same moment in which the real branch gets the commits.
 */
async function pushSigned(
  connection: GitHubConnection,
  draft: PullRequestDraft,
  source: Source,
  { tip, signal }: Move,
): Promise<string> {
  const { branch, base } = draft;
  const workshop = `${workshopPrefix}${branch}`;
  const left = await readBranchHead(connection, workshop, signal);
  await moveOrFind(connection, [{ branch: workshop, expected: left, commit: base.commit }], signal);
  let head = base.commit;
  for (const { message, entries, tree } of await wishesOf(draft, source, signal)) {
    if (entries.some(({ mode }) => mode !== "100644"))
      throw new NightsweepError("FORGE_REFUSED", `${branch} changes an executable file, which only an app can sign`);
    const wish = { message, entries, branch: workshop, expected: head };
    const made = await commitOnBranch(connection, wish, signal).catch((error: unknown) =>
      findMade(connection, { workshop, before: head }, error, signal),
    );
    if (made.tree !== tree)
      throw new NightsweepError("FORGE_REFUSED", `a tree on GitHub is ${made.tree}, and ${tree} was checked`);
    head = made.commit;
  }
  const moves = [
    { branch, expected: tip, commit: head },
    { branch: workshop, expected: head, commit: null },
  ];
  await moveOrFind(connection, moves, signal);
  return head;
}

/** Without an answer the commit may have been made all the same: nobody else writes to the workshop. */
async function findMade(
  connection: GitHubConnection,
  { workshop, before }: { readonly workshop: string; readonly before: string },
  error: unknown,
  signal: AbortSignal,
): Promise<{ readonly commit: string; readonly tree: string }> {
  const now = isUnclear(error) ? await readBranchHead(connection, workshop, signal) : null;
  if (now === null || now === before) throw error;
  return { commit: now, tree: (await readCommit(connection, now, signal)).tree };
}

async function wishesOf(
  { base, commits }: PullRequestDraft,
  { mirror }: Source,
  signal: AbortSignal,
): Promise<readonly CommitWish[]> {
  const wishes: CommitWish[] = [];
  let from = await treeOf(mirror, base.commit, signal);
  for (const { tree, message } of commits) {
    wishes.push({ tree, message, entries: await readTreeEntries(mirror, { from, to: tree }, signal) });
    from = tree;
  }
  return wishes;
}

/** Without an answer the move may have been done all the same: then each branch is where it was to be. */
async function moveOrFind(
  connection: GitHubConnection,
  moves: readonly BranchMove[],
  signal: AbortSignal,
): Promise<void> {
  try {
    await moveBranches(connection, moves, signal);
  } catch (error) {
    if (!isUnclear(error)) throw error;
    for (const { branch, commit } of moves)
      if ((await readBranchHead(connection, branch, signal)) !== commit) throw error;
  }
}

async function pushByGit(
  connection: GitHubConnection,
  { branch, head }: PullRequestDraft,
  { mirror }: Source,
  { tip, signal }: Move,
): Promise<void> {
  const { owner, repo } = connection.repo;
  const target = `${connection.gitOrigin}/${owner}/${repo}.git`;
  const credentials = await gitCredentials(connection, "write", signal);
  try {
    await pushCommit(mirror, { commit: head.commit, target, branch, expected: tip, credentials }, signal);
  } catch (error) {
    if (!(error instanceof NightsweepError) || error.code !== "GIT_FAILED") throw error;
    const now = await readBranchHead(connection, branch, signal);
    if (now !== head.commit) throw pushFailure(error, branch);
  }
}

/** A push gets a token of its own, made now: those of an app live for an hour, and a night is longer. */
export async function gitCredentials(
  { tokens, gitOrigin }: GitHubConnection,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<GitCredentials> {
  const token = await tokens.token(purpose, signal, purpose === "write");
  const authorization = `Basic ${Buffer.from(`x-access-token:${token}`, "utf8").toString("base64")}`;
  return { baseUrl: `${gitOrigin}/`, authorization };
}

/** GitHub commits for an app under this address. */
const gitHubCommitter = "noreply@github.com";

/**
 * True for a commit that we made: it names its candidates, and who committed it is git in our name, or GitHub itself.
 * Who amends or rebases a commit by hand becomes its committer.
 */
function isOurs({ message, author, committer }: KnownCommit): boolean {
  if (author === nightsweepAuthor.email && committer === nightsweepAuthor.email) return true;
  return committer === gitHubCommitter && candidatesOfMessage(message).length > 0;
}

export function isUnclear(error: unknown): boolean {
  return error instanceof NightsweepError && error.code === "FORGE_UNREACHABLE";
}

/** git says in words whether the server refused or was not there. */
function pushFailure(error: NightsweepError, branch: string): NightsweepError {
  const refused = /rejected|denied|forbidden|authentication|invalid credentials|error: 40[134]|not found/i;
  const code = refused.test(error.detail ?? "") ? "FORGE_REFUSED" : "FORGE_UNREACHABLE";
  const detail = error.detail === undefined ? {} : { detail: error.detail };
  return new NightsweepError(code, `push of ${branch}`, { cause: error, ...detail });
}
