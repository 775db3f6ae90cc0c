import { z } from "zod";
import { bareGit, isAncestor, resolveRef } from "./bare-git.ts";
import { created, invalid, isPull, ok, paged, pullOf, Refusal, type Handlers, type RepositoryCall } from "./call.ts";
import { mergePull } from "./merge-pull.ts";
import { showCommit, showPull, showReview, showUser, showWholePull } from "./present.ts";
import { setRef } from "./rest-git.ts";
import { closeIssue, reopenIssue } from "./settle-refs.ts";
import { addEvent, fullName, tick, type FakeIssue, type FakePull } from "./world.ts";

/** Pull requests in the REST interface. */
export const pullHandlers: Handlers = {
  "pulls/list": (call) => {
    const { world, repository, query } = call;
    const wanted = query["state"] ?? "open";
    const found = repository.issues
      .filter(isPull)
      .filter(({ state }) => wanted === "all" || state === wanted)
      .filter(({ pull }) => query["base"] === undefined || pull.base === query["base"])
      .filter(({ pull }) => fitsHead(pull, query["head"]));
    return paged(
      call,
      sorted(found, query).map((issue) => showPull(world, repository, issue)),
    );
  },
  "pulls/create": createPull,
  "pulls/get": async (call) =>
    ok(await showWholePull(call.world, call.repository, pullOf(call, call.path["pull_number"]))),
  "pulls/update": updatePull,
  "pulls/merge": async (call) => {
    const { world, repository, token } = call;
    const issue = pullOf(call, call.path["pull_number"]);
    const { sha, merge_method: method } = z
      .object({ sha: z.string().optional(), merge_method: z.enum(["merge", "squash", "rebase"]).optional() })
      .parse(call.body);
    if (sha !== undefined && sha !== issue.pull.head)
      throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
    const commit = await mergePull(world, repository, issue, { by: token.login, method: method ?? "merge" });
    if (commit === null) throw new Refusal(405, "Pull Request is not mergeable");
    return ok({ sha: commit, merged: true, message: "Pull Request successfully merged" });
  },
  "pulls/list-commits": async (call) => {
    const { pull } = pullOf(call, call.path["pull_number"]);
    const { bare } = call.repository;
    const base = (await resolveRef(bare, `refs/heads/${pull.base}`)) ?? pull.head;
    const range = pull.merged === null ? `${base}..${pull.head}` : pull.head;
    const shas = (await bareGit(bare, ["rev-list", "--reverse", "--max-count=250", range])).split("\n");
    const all = shas.filter((one) => one !== "");
    return paged(call, await Promise.all(all.map((one) => showCommit(call.world, call.repository, one))));
  },
  "pulls/list-files": async (call) => {
    const { pull } = pullOf(call, call.path["pull_number"]);
    const { bare } = call.repository;
    const base = await bareGit(bare, ["merge-base", `refs/heads/${pull.base}`, pull.head]);
    const lines = (await bareGit(bare, ["diff", "--name-status", "--no-renames", base, pull.head])).split("\n");
    const words = { A: "added", M: "modified", D: "removed" } as const;
    return paged(
      call,
      lines.flatMap((line) => {
        const [letter = "", filename = ""] = line.split("\t");
        const status = Object.entries(words).find(([one]) => one === letter)?.[1];
        return status === undefined ? [] : [{ filename, status, sha: pull.head }];
      }),
    );
  },
  "pulls/list-reviews": (call) =>
    paged(
      call,
      pullOf(call, call.path["pull_number"]).pull.reviews.map((review) => showReview(call.world, review)),
    ),
  "pulls/list-review-comments": (call) => paged(call, []),
  "pulls/list-requested-reviewers": (call) => {
    const { pull } = pullOf(call, call.path["pull_number"]);
    return ok({
      users: pull.reviewers.map((login) => showUser(call.world, login)),
      teams: pull.teams.map((slug) => ({ slug, name: slug })),
    });
  },
  "pulls/request-reviewers": (call) => {
    const issue = pullOf(call, call.path["pull_number"]);
    const { reviewers, team_reviewers: teams } = reviewersSchema.parse(call.body);
    for (const login of reviewers) {
      if (login === issue.author) throw new Refusal(422, "Review cannot be requested from pull request author.");
      if ((call.repository.people.get(login) ?? "none") === "none")
        throw new Refusal(
          422,
          `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${fullName(call.repository)} repository.`,
        );
    }
    issue.pull.reviewers = [...new Set([...issue.pull.reviewers, ...reviewers])];
    issue.pull.teams = [...new Set([...issue.pull.teams, ...teams])];
    addEvent(call.world, issue, { event: "review_requested", actor: call.token.login });
    return created(showPull(call.world, call.repository, issue));
  },
  "pulls/remove-requested-reviewers": (call) => {
    const issue = pullOf(call, call.path["pull_number"]);
    const { reviewers } = reviewersSchema.parse(call.body);
    issue.pull.reviewers = issue.pull.reviewers.filter((login) => !reviewers.includes(login));
    addEvent(call.world, issue, { event: "review_request_removed", actor: call.token.login });
    return ok(showPull(call.world, call.repository, issue));
  },
};

const reviewersSchema = z.object({
  reviewers: z.array(z.string()).default([]),
  team_reviewers: z.array(z.string()).default([]),
});

function fitsHead(pull: FakePull, head: string | undefined): boolean {
  if (head === undefined) return true;
  const [owner = "", ...branch] = head.split(":");
  // GitHub takes no notice of a head without an owner.
  return branch.length === 0 || (pull.from.split("/")[0] === owner && pull.branch === branch.join(":"));
}

function sorted<Issue extends FakeIssue>(issues: readonly Issue[], query: RepositoryCall["query"]): readonly Issue[] {
  const by = query["sort"] === "updated" ? "updatedAt" : "createdAt";
  const direction = query["direction"] ?? (query["sort"] === undefined ? "desc" : "asc");
  const order = (a: Issue, b: Issue) => (a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : a.number - b.number);
  return issues.toSorted((a, b) => (direction === "asc" ? order(a, b) : order(b, a)));
}

const createSchema = z.object({
  title: z.string(),
  head: z.string(),
  base: z.string(),
  body: z.string().optional(),
  draft: z.boolean().optional(),
});

async function createPull(call: RepositoryCall) {
  const { world, repository, token } = call;
  const { title, head, base, body = "", draft = false } = createSchema.parse(call.body);
  const branch = head.includes(":") ? head.slice(head.indexOf(":") + 1) : head;
  const commit = await resolveRef(repository.bare, `refs/heads/${branch}`);
  const baseCommit = await resolveRef(repository.bare, `refs/heads/${base}`);
  if (commit === null)
    throw new Refusal(422, "Validation Failed", {
      errors: [{ resource: "PullRequest", field: "head", code: "invalid" }],
    });
  if (baseCommit === null)
    throw new Refusal(422, "Validation Failed", {
      errors: [{ resource: "PullRequest", field: "base", code: "invalid" }],
    });
  if (draft && !repository.drafts) throw new Refusal(422, "Draft pull requests are not supported in this repository.");
  if (body.length > 65_536) throw invalid("PullRequest", "body is too long (maximum is 65536 characters)");
  if (repository.issues.some(({ pull, state }) => state === "open" && pull?.branch === branch && pull.base === base))
    throw invalid("PullRequest", `A pull request already exists for ${repository.owner}:${branch}.`);
  if (await isAncestor(repository.bare, commit, baseCommit))
    throw invalid("PullRequest", `No commits between ${base} and ${branch}`);
  const issue = addPull(call, { title, body, branch, base, draft, head: commit, author: token.login });
  await setRef(repository, `refs/pull/${issue.number}/head`, commit);
  return created(await showWholePull(world, repository, issue));
}

/** Opens a pull request, whoever asks for it. */
export function addPull(
  { world, repository }: Pick<RepositoryCall, "world" | "repository">,
  wish: Pick<FakePull, "branch" | "base" | "draft" | "head"> & Pick<FakeIssue, "title" | "body" | "author">,
): FakeIssue & { readonly pull: FakePull } {
  const { title, body, author, branch, base, draft, head } = wish;
  const from = fullName(repository);
  const pull: FakePull = {
    ...{ from, branch, base, draft, head, merged: null, reviews: [] },
    ...{ reviewers: [], teams: [], autoMerge: null, queued: false },
  };
  const issue = { ...newIssue({ world, repository }, { title, body, author }), pull };
  repository.issues.push(issue);
  return issue;
}

export function newIssue(
  { world, repository }: Pick<RepositoryCall, "world" | "repository">,
  wish: Pick<FakeIssue, "title" | "body" | "author">,
): FakeIssue {
  const at = tick(world);
  return {
    ...wish,
    number: repository.issues.length + 1,
    ...{ state: "open", closedBy: null, closedAt: null, createdAt: at, updatedAt: at },
    ...{ labels: [], locked: false, comments: [], events: [], pull: null },
  };
}

const updateSchema = z.object({
  title: z.string().optional(),
  body: z.string().optional(),
  state: z.enum(["open", "closed"]).optional(),
  base: z.string().optional(),
});

async function updatePull(call: RepositoryCall) {
  const { world, repository, token } = call;
  const issue = pullOf(call, call.path["pull_number"]);
  const { title, body, state, base } = updateSchema.parse(call.body);
  if ((body ?? "").length > 65_536) throw invalid("PullRequest", "body is too long (maximum is 65536 characters)");
  if (title !== undefined) issue.title = title;
  if (body !== undefined) issue.body = body;
  if (base !== undefined) issue.pull.base = base;
  issue.updatedAt = tick(world);
  if (state === "closed" && issue.state === "open") closeIssue(world, issue, token.login);
  if (state === "open" && issue.state === "closed") {
    if (issue.pull.merged !== null)
      throw invalid("PullRequest", "state cannot be changed. The pull request was merged.");
    if ((await resolveRef(repository.bare, `refs/heads/${issue.pull.branch}`)) === null)
      throw invalid("PullRequest", `state cannot be changed. The ${issue.pull.branch} branch has been deleted.`);
    reopenIssue(world, issue, token.login);
  }
  return ok(await showWholePull(world, repository, issue));
}
