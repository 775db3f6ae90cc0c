import { bareGit, tryGit } from "./bare-git.ts";
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
  if (before.size === now.size && [...now].every(([branch, commit]) => before.get(branch) === commit)) return;
  const merged = new Map<string, ReadonlySet<string>>();
  for (const base of new Set(repository.issues.flatMap(({ pull }) => pull?.base ?? [])))
    merged.set(base, await mergedInto(repository, base));
  for (const issue of repository.issues)
    if (isPull(issue) && issue.state === "open" && issue.pull.from === fullName(repository))
      await settlePull(world, repository, issue, { now, by, merged });
  for (const [branch, commit] of now)
    if (before.get(branch) !== commit) await repository.onPush({ branch, commit, by });
}

type Moved = {
  readonly now: ReadonlyMap<string, string>;
  readonly by: string;
  /** The branches that are part of another one, by that one. */
  readonly merged: ReadonlyMap<string, ReadonlySet<string>>;
};

async function mergedInto({ bare }: FakeRepository, base: string): Promise<ReadonlySet<string>> {
  const { code, stdout } = await tryGit(bare, [
    "for-each-ref",
    "--format=%(refname:lstrip=2)",
    `--merged=refs/heads/${base}`,
    "refs/heads",
  ]);
  return new Set(code === 0 ? stdout.split("\n") : []);
}

async function settlePull(
  world: World,
  repository: FakeRepository,
  issue: FakeIssue & { readonly pull: FakePull },
  { now, by, merged }: Moved,
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
  if (base !== undefined && base !== head && merged.get(pull.base)?.has(pull.branch) === true)
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
