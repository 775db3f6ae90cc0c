import { bareGit, isAncestor } from "./bare-git.ts";
import { isPull } from "./call.ts";
import { addEvent, fullName, tick, type FakeIssue, type FakePull, type FakeRepository, type World } from "./world.ts";

const known = new WeakMap<FakeRepository, ReadonlyMap<string, string>>();

/**
 * What GitHub does after refs moved, whoever moved them: heads of pull requests follow their branches, those whose
 * branch is gone are closed, those whose commits are in the base are merged; and the repository's CI is told.
 */
export async function settleRefs(world: World, repository: FakeRepository, by: string): Promise<void> {
  const before = known.get(repository) ?? new Map<string, string>();
  const now = await readBranches(repository);
  known.set(repository, now);
  for (const issue of repository.issues)
    if (isPull(issue) && issue.state === "open" && issue.pull.from === fullName(repository))
      await settlePull(world, repository, issue, { now, by });
  for (const [branch, commit] of now)
    if (before.get(branch) !== commit) await repository.onPush({ branch, commit, by });
}

async function settlePull(
  world: World,
  repository: FakeRepository,
  issue: FakeIssue & { readonly pull: FakePull },
  { now, by }: { readonly now: ReadonlyMap<string, string>; readonly by: string },
): Promise<void> {
  const { pull } = issue;
  const head = now.get(pull.branch);
  if (head === undefined) {
    closeIssue(world, issue, by);
    return;
  }
  if (head !== pull.head) {
    pull.head = head;
    await bareGit(repository.bare, ["update-ref", `refs/pull/${issue.number}/head`, head]);
    // A push takes a pull request out of the queue, and what was approved of it is not this.
    pull.queued = false;
    issue.updatedAt = tick(world);
  }
  const base = now.get(pull.base);
  if (base !== undefined && base !== head && (await isAncestor(repository.bare, head, base)))
    markMerged(world, issue, by, base);
}

export function closeIssue(world: World, issue: FakeIssue, by: string): void {
  addEvent(world, issue, { event: "closed", actor: by });
  issue.state = "closed";
  issue.closedBy = by;
  issue.closedAt = issue.updatedAt;
}

export function reopenIssue(world: World, issue: FakeIssue, by: string): void {
  addEvent(world, issue, { event: "reopened", actor: by });
  issue.state = "open";
  issue.closedBy = null;
  issue.closedAt = null;
}

export function markMerged(
  world: World,
  issue: FakeIssue & { readonly pull: FakePull },
  by: string,
  commit: string,
): void {
  addEvent(world, issue, { event: "merged", actor: by });
  issue.pull.merged = { at: issue.updatedAt, by, commit };
  issue.pull.queued = false;
  closeIssue(world, issue, by);
}

/** Remembers where the branches stand, without telling anybody. */
export async function noteBranches(repository: FakeRepository): Promise<void> {
  known.set(repository, await readBranches(repository));
}

async function readBranches({ bare }: FakeRepository): Promise<ReadonlyMap<string, string>> {
  const lines = await bareGit(bare, ["for-each-ref", "--format=%(objectname) %(refname:lstrip=2)", "refs/heads"]);
  return new Map(
    lines.split("\n").flatMap((line) => {
      const [sha = "", branch = ""] = line.split(" ");
      return branch === "" ? [] : [[branch, sha] as const];
    }),
  );
}
