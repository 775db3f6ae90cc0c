import { bareGit, makeCommit, mergedOver, mergedTree, resolveRef, tryGit } from "./bare-git.ts";
import { isPull } from "./call.ts";
import { readCommit } from "./present.ts";
import { setRef, webFlow } from "./rest-git.ts";
import { markMerged, settleRefs } from "./settle-refs.ts";
import { emailOf, tick, type FakeIssue, type FakePull, type FakeRepository, type World } from "./world.ts";

type Merge = { readonly by: string; readonly method: "merge" | "squash" | "rebase" };

/** Merges a pull request as the button does; null when it is closed, a draft, or in conflict. */
export async function mergePull(
  world: World,
  repository: FakeRepository,
  issue: FakeIssue & { readonly pull: FakePull },
  { by, method }: Merge,
): Promise<string | null> {
  const { bare } = repository;
  const { pull } = issue;
  const base = await resolveRef(bare, `refs/heads/${pull.base}`);
  if (issue.state !== "open" || pull.draft || base === null) return null;
  const tree = await mergedTree(bare, base, pull.head);
  if (tree === null) return null;
  const author = { name: by, email: emailOf(world, by) };
  const people = { author, committer: webFlow, date: tick(world) };
  const title = `${issue.title} (#${issue.number})`;
  const commit =
    method === "rebase"
      ? await rebased(repository, base, pull.head)
      : await makeCommit(bare, {
          ...people,
          tree,
          parents: method === "merge" ? [base, pull.head] : [base],
          message:
            method === "merge" ? `Merge pull request #${issue.number} from ${pull.branch}\n\n${issue.title}` : title,
        });
  if (commit === null) return null;
  repository.signed.add(commit);
  await setRef(repository, `refs/heads/${pull.base}`, commit);
  markMerged(world, issue, by, commit);
  await settleRefs(world, repository, by);
  return commit;
}

/** The commits of a branch on top of another one, each again. */
async function rebased({ bare }: FakeRepository, base: string, head: string): Promise<string | null> {
  const commits = (await bareGit(bare, ["rev-list", "--reverse", `${base}..${head}`])).split("\n");
  let onto = base;
  for (const commit of commits) {
    const { message, author, parents } = await readCommit(bare, commit);
    const tree = await mergedOver(bare, parents[0] ?? base, onto, commit);
    if (tree === null) return null;
    onto = await makeCommit(bare, { tree, parents: [onto], message, author, committer: webFlow, date: author.date });
  }
  return onto;
}

/** The tree of a branch without what a commit did; null when that conflicts. */
export async function revertedTree({ bare }: FakeRepository, branch: string, commit: string): Promise<string | null> {
  const { code } = await tryGit(bare, ["rev-parse", "--verify", "--quiet", `${commit}^`]);
  return code === 0 ? mergedOver(bare, commit, branch, `${commit}^`) : null;
}

/** Merges what waits for its checks, as GitHub does when they are green. */
export async function mergeWaiting(
  world: World,
  repository: FakeRepository,
  isGreen: (commit: string) => boolean,
): Promise<void> {
  for (const issue of repository.issues.filter(isPull)) {
    const { autoMerge, head, queued } = issue.pull;
    if (issue.state !== "open" || !isGreen(head) || (autoMerge === null && !queued)) continue;
    const method = ({ MERGE: "merge", SQUASH: "squash", REBASE: "rebase" } as const)[autoMerge?.method ?? "MERGE"];
    await mergePull(world, repository, issue, { by: autoMerge?.by ?? "github-merge-queue[bot]", method });
  }
}
