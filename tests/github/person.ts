import { bareGit, changeTree, makeCommit, modeOf, resolveRef, writeBlob, type TreeChange } from "./bare-git.ts";
import { isPull } from "./call.ts";
import { mergePull, mergeWaiting, revertedTree } from "./merge-pull.ts";
import { setRef } from "./rest-git.ts";
import { addComment, setLabels } from "./rest-issues.ts";
import { addPull } from "./rest-pulls.ts";
import { closeIssue, reopenIssue, settleRefs } from "./settle-refs.ts";
import {
  addEvent,
  emailOf,
  newId,
  tick,
  type FakeIssue,
  type FakePull,
  type FakeRepository,
  type FakeReview,
  type World,
} from "./world.ts";

/** Files to be written; null takes one away. */
export type Files = Readonly<Record<string, string | null>>;

/** What somebody does on GitHub in the browser, or with git of their own. */
export function createPerson(world: World, repository: FakeRepository, login: string) {
  const token = { login };
  const actor = { world, repository, token };
  const author = { name: login, email: emailOf(world, login) };
  const find = (number: number): FakeIssue => {
    const issue = repository.issues.find((one) => one.number === number);
    if (issue === undefined) throw new Error(`there is no issue ${number}`);
    return issue;
  };
  const findPull = (number: number): FakeIssue & { readonly pull: FakePull } => {
    const issue = find(number);
    if (!isPull(issue)) throw new Error(`${number} is no pull request`);
    return issue;
  };
  const commit = async (branch: string, files: Files, message = "Change by hand", amend = false): Promise<string> => {
    const { bare } = repository;
    // A branch that is not there yet begins at the default one.
    const tip = (await resolveRef(bare, `refs/heads/${branch}`)) ?? (await resolveRef(bare, repository.defaultBranch));
    const changes: TreeChange[] = [];
    for (const [path, text] of Object.entries(files)) {
      const mode = (tip === null ? null : await modeOf(bare, tip, path)) ?? "100644";
      changes.push({ path, mode, object: text === null ? null : await writeBlob(bare, text) });
    }
    const tree = await changeTree(bare, tip, changes);
    const parent = amend && tip !== null ? await resolveRef(bare, `${tip}^`) : tip;
    const parents = parent === null ? [] : [parent];
    const made = await makeCommit(bare, { tree, parents, message, author, committer: author, date: tick(world) });
    await setRef(repository, `refs/heads/${branch}`, made);
    await settleRefs(world, repository, login);
    return made;
  };
  return {
    close: (number: number) => {
      closeIssue(world, find(number), login);
    },
    reopen: (number: number) => {
      reopenIssue(world, find(number), login);
    },
    comment: (number: number, body: string) => addComment(actor, find(number), login, body),
    label: (number: number, ...labels: readonly string[]) => {
      setLabels(actor, find(number), [...find(number).labels, ...labels]);
    },
    unlabel: (number: number, ...labels: readonly string[]) => {
      setLabels(
        actor,
        find(number),
        find(number).labels.filter((label) => !labels.includes(label)),
      );
    },
    edit: (number: number, change: { readonly title?: string; readonly body?: string }) => {
      Object.assign(find(number), change, { updatedAt: tick(world) });
    },
    markReady: (number: number) => {
      findPull(number).pull.draft = false;
      addEvent(world, find(number), { event: "ready_for_review", actor: login });
    },
    review: (number: number, state: FakeReview["state"], body = "") => {
      const { pull } = findPull(number);
      pull.reviews.push({ id: newId(world), author: login, state, body, commit: pull.head, submittedAt: tick(world) });
      pull.reviewers = pull.reviewers.filter((one) => one !== login);
    },
    /** Presses the button, draft or not; the branch stays. */
    merge: async (number: number, method: "merge" | "squash" | "rebase" = "merge") => {
      const issue = findPull(number);
      issue.pull.draft = false;
      const merged = await mergePull(world, repository, issue, { by: login, method });
      if (merged === null) throw new Error(`${number} cannot be merged`);
      return merged;
    },
    /** Takes back what a merged pull request did, straight on the default branch. */
    revert: async (number: number) => {
      const { pull, title } = findPull(number);
      const branch = repository.defaultBranch;
      const tip = await resolveRef(repository.bare, branch);
      const tree =
        tip === null || pull.merged === null ? null : await revertedTree(repository, tip, pull.merged.commit);
      if (tip === null || tree === null) throw new Error(`${number} cannot be reverted`);
      const message = `Revert "${title}"`;
      const made = await makeCommit(repository.bare, {
        tree,
        parents: [tip],
        message,
        author,
        committer: author,
        date: tick(world),
      });
      await setRef(repository, `refs/heads/${branch}`, made);
      await settleRefs(world, repository, login);
      return made;
    },
    push: commit,
    /** Replaces the last commit of a branch by one with the same files and some changes. */
    amend: (branch: string, files: Files) => commit(branch, files, "Amended by hand", true),
    deleteBranch: async (branch: string) => {
      await bareGit(repository.bare, ["update-ref", "-d", `refs/heads/${branch}`]);
      await settleRefs(world, repository, login);
    },
    openPull: async (wish: { readonly branch: string; readonly title: string; readonly body?: string }) => {
      const head = await resolveRef(repository.bare, `refs/heads/${wish.branch}`);
      if (head === null) throw new Error(`there is no branch ${wish.branch}`);
      const { title, body = "", branch } = wish;
      return addPull(actor, { title, body, branch, base: repository.defaultBranch, draft: false, head, author: login });
    },
  };
}

/** The repository's CI: sets one check on the head of a pull request, or on a commit. */
export async function setChecks(
  world: World,
  repository: FakeRepository,
  target: number | string,
  result: "green" | "red" | "pending",
): Promise<void> {
  const head =
    typeof target === "string" ? target : repository.issues.find(({ number }) => number === target)?.pull?.head;
  if (head === undefined) throw new Error(`there is no pull request ${target}`);
  const old = repository.checks.findIndex((one) => one.head === head && one.name === "ci");
  if (old >= 0) repository.checks.splice(old, 1);
  const conclusion = ({ green: "success", red: "failure", pending: null } as const)[result];
  repository.checks.push({
    ...{ id: newId(world), name: "ci", head, app: "github-actions", conclusion, title: "", summary: "" },
    annotations: [],
    status: result === "pending" ? "in_progress" : "completed",
  });
  if (result === "green")
    await mergeWaiting(world, repository, (commit) =>
      repository.checks.some((one) => one.head === commit && one.conclusion === "success"),
    );
}
