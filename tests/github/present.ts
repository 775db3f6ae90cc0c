import { bareGit, isAncestor, lastingGit, mergedTree, resolveRef } from "./bare-git.ts";
import {
  emailOf,
  fullName,
  isBot,
  type FakeCheck,
  type FakeComment,
  type FakeEvent,
  type FakeIssue,
  type FakePull,
  type FakeRepository,
  type FakeReview,
  type World,
} from "./world.ts";

/**
 * The fields of GitHub's answers that the fake has state for; the rest of each shape is filled in by the description.
 */
export type Shown = Readonly<Record<string, unknown>>;

export function showUser(world: World, login: string): Shown {
  const id = Buffer.from(login).reduce((sum, byte) => (sum * 31 + byte) % 1_000_003, 7);
  return {
    login,
    id,
    type: isBot(login) ? "Bot" : "User",
    html_url: `${world.url()}/${encodeURIComponent(login)}`,
    url: `${world.url()}/api/v3/users/${encodeURIComponent(login)}`,
  };
}

export function showRepository(world: World, repository: FakeRepository): Shown {
  const { owner, name } = repository;
  const web = `${world.url()}/${fullName(repository)}`;
  return {
    id: world.repositories.indexOf(repository) + 1,
    name,
    full_name: fullName(repository),
    owner: showUser(world, owner),
    html_url: web,
    clone_url: `${web}.git`,
    url: `${world.url()}/api/v3/repos/${fullName(repository)}`,
    default_branch: repository.defaultBranch,
    private: repository.private,
    visibility: repository.private ? "private" : "public",
    archived: repository.archived,
    disabled: repository.disabled,
    fork: repository.fork,
    allow_auto_merge: repository.allowAutoMerge,
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: true,
    has_issues: true,
  };
}

export function showIssue(world: World, repository: FakeRepository, issue: FakeIssue): Shown {
  const { number, pull } = issue;
  const web = `${world.url()}/${fullName(repository)}/${pull === null ? "issues" : "pull"}/${number}`;
  return {
    ...showCommon(world, issue),
    html_url: web,
    url: `${world.url()}/api/v3/repos/${fullName(repository)}/issues/${number}`,
    comments: issue.comments.length,
    closed_by: issue.closedBy === null ? null : showUser(world, issue.closedBy),
    ...(pull === null
      ? {}
      : {
          draft: pull.draft,
          pull_request: {
            url: web,
            html_url: web,
            diff_url: null,
            patch_url: null,
            merged_at: pull.merged?.at ?? null,
          },
        }),
  };
}

function showCommon(world: World, issue: FakeIssue): Shown {
  const { number, title, body, state, labels, author, locked, createdAt, updatedAt, closedAt } = issue;
  return {
    id: number,
    node_id: `I_${number}`,
    number,
    title,
    body,
    state,
    locked,
    user: showUser(world, author),
    labels: labels.map((name) => showLabel(name)),
    created_at: createdAt,
    updated_at: updatedAt,
    closed_at: closedAt,
  };
}

export function showLabel(name: string): Shown {
  return { id: name.length, name, color: "ededed", default: false, description: "" };
}

/** A pull request as lists show it: without what GitHub works out when it is asked for one. */
export function showPull(
  world: World,
  repository: FakeRepository,
  issue: FakeIssue & { readonly pull: FakePull },
): Shown {
  const { pull, number } = issue;
  const web = `${world.url()}/${fullName(repository)}/pull/${number}`;
  const side = (ref: string, sha: string, full: string) => ({
    ref,
    sha,
    label: `${full.split("/")[0] ?? ""}:${ref}`,
    user: showUser(world, full.split("/")[0] ?? ""),
    repo: { ...showRepository(world, repository), full_name: full, fork: full !== fullName(repository) },
  });
  return {
    ...showCommon(world, issue),
    node_id: nodeIdOf(repository, issue),
    html_url: web,
    url: `${world.url()}/api/v3/repos/${fullName(repository)}/pulls/${number}`,
    draft: pull.draft,
    merged_at: pull.merged?.at ?? null,
    head: side(pull.branch, pull.head, pull.from),
    base: side(pull.base, pull.head, fullName(repository)),
    requested_reviewers: pull.reviewers.map((login) => showUser(world, login)),
    requested_teams: pull.teams.map((slug) => ({ slug, name: slug })),
    auto_merge:
      pull.autoMerge === null
        ? null
        : {
            enabled_by: showUser(world, pull.autoMerge.by),
            merge_method: pull.autoMerge.method.toLowerCase(),
            commit_title: issue.title,
            commit_message: "",
          },
  };
}

/** One pull request with what GitHub works out: whether it can be merged, and how large it is. */
export async function showWholePull(
  world: World,
  repository: FakeRepository,
  issue: FakeIssue & { readonly pull: FakePull },
): Promise<Shown> {
  const { bare } = repository;
  const { pull } = issue;
  const base = await resolveRef(bare, `refs/heads/${pull.base}`);
  const merges = base !== null && (await mergedTree(bare, base, pull.head)) !== null;
  const behind = base !== null && !(await isAncestor(bare, base, pull.head));
  const state = pull.draft ? "draft" : merges ? (behind ? "behind" : "clean") : "dirty";
  return {
    ...showPull(world, repository, issue),
    merged: pull.merged !== null,
    merged_by: pull.merged === null ? null : showUser(world, pull.merged.by),
    mergeable: issue.state === "open" ? merges : null,
    mergeable_state: issue.state === "open" ? state : "unknown",
    comments: issue.comments.length,
    commits: await countCommits(bare, base, pull.head),
  };
}

async function countCommits(bare: string, base: string | null, head: string): Promise<number> {
  if (base === null) return 0;
  return Number((await lastingGit(bare, ["rev-list", "--count", `${base}..${head}`])).stdout);
}

export function nodeIdOf(repository: FakeRepository, { number }: FakeIssue): string {
  return `PR_${fullName(repository)}#${number}`;
}

export function showComment(world: World, repository: FakeRepository, issue: FakeIssue, comment: FakeComment): Shown {
  const { id, author, body, createdAt, updatedAt } = comment;
  const level = repository.people.get(author) ?? "none";
  const kind = issue.pull === null ? "issues" : "pull";
  return {
    id,
    body,
    user: showUser(world, author),
    created_at: createdAt,
    updated_at: updatedAt,
    author_association: level === "none" ? "NONE" : "COLLABORATOR",
    html_url: `${world.url()}/${fullName(repository)}/${kind}/${issue.number}#issuecomment-${id}`,
    issue_url: `${world.url()}/api/v3/repos/${fullName(repository)}/issues/${issue.number}`,
  };
}

export function showReview(world: World, review: FakeReview): Shown {
  const { id, author, state, body, commit, submittedAt } = review;
  return { id, user: showUser(world, author), state, body, commit_id: commit, submitted_at: submittedAt };
}

export function showEvent(world: World, { id, event, actor, at, label }: FakeEvent): Shown {
  const named = label === undefined ? {} : { label: { name: label, color: "ededed" } };
  return { id, event, actor: showUser(world, actor), created_at: at, ...named };
}

export function showCheck(check: FakeCheck): Shown {
  const { id, name, head, status, conclusion, app, title, summary, annotations } = check;
  const output = {
    ...{ title: title === "" ? null : title, summary: summary === "" ? null : summary, text: null },
    ...{ annotations_count: annotations.length, annotations_url: "https://filler.invalid/" },
  };
  return {
    id,
    name,
    head_sha: head,
    status,
    conclusion,
    app: { slug: app, name: app },
    output,
    completed_at: status === "completed" ? "2026-01-01T00:00:00Z" : null,
    pull_requests: [],
  };
}

export function showAnnotation({ path, line, message }: FakeCheck["annotations"][number]): Shown {
  return {
    ...{ path, start_line: line, end_line: line, start_column: 1, end_column: 1, annotation_level: "failure" },
    ...{ title: "", message, raw_details: "", blob_href: "https://filler.invalid/" },
  };
}

type Written = { readonly name: string; readonly email: string; readonly date: string };

/** What git says of a commit. */
export async function readCommit(bare: string, commit: string) {
  const format = ["%H", "%T", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"].join("%x00");
  const [sha = "", tree = "", parents = "", ...rest] = (
    await bareGit(bare, ["show", "--no-patch", `--format=${format}`, commit])
  ).split("\0");
  const [an = "", ae = "", ad = "", cn = "", ce = "", cd = "", message = ""] = rest;
  const author: Written = { name: an, email: ae, date: ad };
  const committer: Written = { name: cn, email: ce, date: cd };
  return { sha, tree, parents: parents.split(" ").filter((one) => one !== ""), author, committer, message };
}

/** A commit as the git interface shows it. */
export async function showGitCommit(world: World, repository: FakeRepository, commit: string): Promise<Shown> {
  const { sha, tree, parents, author, committer, message } = await readCommit(repository.bare, commit);
  const url = `${world.url()}/api/v3/repos/${fullName(repository)}/git`;
  return {
    sha,
    message,
    author,
    committer,
    url: `${url}/commits/${sha}`,
    tree: { sha: tree, url: `${url}/trees/${tree}` },
    parents: parents.map((one) => ({ sha: one, url: `${url}/commits/${one}` })),
    verification: verificationOf(repository, sha),
  };
}

function verificationOf(repository: FakeRepository, sha: string): Shown {
  const verified = repository.signed.has(sha);
  return { verified, reason: verified ? "valid" : "unsigned", signature: null, payload: null, verified_at: null };
}

/** A commit as lists of commits show it, with the accounts that belong to the addresses. */
export async function showCommit(world: World, repository: FakeRepository, commit: string): Promise<Shown> {
  const { sha, tree, parents, author, committer, message } = await readCommit(repository.bare, commit);
  const account = (email: string) => {
    const login = [...repository.people.keys(), `${world.app.slug}[bot]`].find((one) => emailOf(world, one) === email);
    if (email === "noreply@github.com") return showUser(world, "web-flow");
    return login === undefined ? null : showUser(world, login);
  };
  return {
    sha,
    html_url: `${world.url()}/${fullName(repository)}/commit/${sha}`,
    commit: { message, author, committer, tree: { sha: tree }, verification: verificationOf(repository, sha) },
    author: account(author.email),
    committer: account(committer.email),
    parents: parents.map((one) => ({ sha: one })),
  };
}
