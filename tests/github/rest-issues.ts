import { z } from "zod";
import { created, invalid, issueOf, ok, paged, Refusal, type Handlers, type RepositoryCall } from "./call.ts";
import { showComment, showEvent, showIssue, showLabel, showUser } from "./present.ts";
import { newIssue } from "./rest-pulls.ts";
import { closeIssue, reopenIssue } from "./settle-refs.ts";
import { addEvent, newId, tick, type FakeComment, type FakeIssue } from "./world.ts";

/** Issues in the REST interface, and what pull requests have of them: labels, comments, events. */
export const issueHandlers: Handlers = {
  "issues/list-for-repo": (call) => {
    const { query, world, repository } = call;
    const wanted = query["state"] ?? "open";
    const labels = (query["labels"] ?? "").split(",").filter((one) => one !== "");
    const by = query["sort"] === "updated" ? "updatedAt" : "createdAt";
    const found = repository.issues
      .filter(({ state }) => wanted === "all" || state === wanted)
      .filter((issue) => labels.every((label) => issue.labels.includes(label)))
      .filter(({ updatedAt }) => query["since"] === undefined || updatedAt >= query["since"])
      .filter(({ author }) => query["creator"] === undefined || author === query["creator"])
      .toSorted((a, b) => (a[by] < b[by] ? 1 : a[by] > b[by] ? -1 : b.number - a.number));
    return paged(
      call,
      (query["direction"] === "asc" ? found.toReversed() : found).map((issue) => showIssue(world, repository, issue)),
    );
  },
  "issues/get": (call) => ok(showIssue(call.world, call.repository, issueOf(call, call.path["issue_number"]))),
  "issues/create": (call) => {
    const {
      title,
      body = "",
      labels = [],
    } = z
      .object({ title: z.string(), body: z.string().optional(), labels: z.array(z.string()).optional() })
      .parse(call.body);
    const issue = newIssue(call, { title, body, author: call.token.login });
    call.repository.issues.push(issue);
    setLabels(call, issue, labels);
    return created(showIssue(call.world, call.repository, issue));
  },
  "issues/update": updateIssue,
  "issues/list-labels-on-issue": (call) => paged(call, issueOf(call, call.path["issue_number"]).labels.map(showLabel)),
  "issues/add-labels": (call) => {
    const issue = issueOf(call, call.path["issue_number"]);
    const { labels } = z.object({ labels: z.array(z.string()).min(1) }).parse(call.body);
    setLabels(call, issue, [...issue.labels, ...labels]);
    return ok(issue.labels.map(showLabel));
  },
  "issues/remove-label": (call) => {
    const issue = issueOf(call, call.path["issue_number"]);
    const name = call.path["name"] ?? "";
    if (!issue.labels.includes(name)) throw new Refusal(404, "Label does not exist");
    setLabels(
      call,
      issue,
      issue.labels.filter((label) => label !== name),
    );
    return ok(issue.labels.map(showLabel));
  },
  "issues/list-labels-for-repo": (call) => paged(call, [...call.repository.labels].map(showLabel)),
  "issues/create-label": (call) => {
    const { name } = z.object({ name: z.string() }).parse(call.body);
    if (call.repository.labels.has(name))
      throw new Refusal(422, "Validation Failed", {
        errors: [{ resource: "Label", code: "already_exists", field: "name" }],
      });
    call.repository.labels.add(name);
    return created(showLabel(name));
  },
  "issues/list-comments": (call) => {
    const issue = issueOf(call, call.path["issue_number"]);
    return paged(
      call,
      issue.comments.map((comment) => showComment(call.world, call.repository, issue, comment)),
    );
  },
  "issues/create-comment": (call) => {
    const issue = issueOf(call, call.path["issue_number"]);
    const { body } = z.object({ body: z.string() }).parse(call.body);
    if (body.trim() === "") throw invalid("IssueComment", "body can't be blank");
    if (issue.locked) throw new Refusal(403, "Unable to create comment because issue is locked.");
    return created(showComment(call.world, call.repository, issue, addComment(call, issue, call.token.login, body)));
  },
  "issues/update-comment": (call) => {
    const { issue, comment } = commentOf(call);
    comment.body = z.object({ body: z.string() }).parse(call.body).body;
    comment.updatedAt = tick(call.world);
    return ok(showComment(call.world, call.repository, issue, comment));
  },
  "issues/delete-comment": (call) => {
    const { issue, comment } = commentOf(call);
    issue.comments.splice(issue.comments.indexOf(comment), 1);
    return { status: 204 };
  },
  "issues/list-events": (call) =>
    paged(
      call,
      issueOf(call, call.path["issue_number"]).events.map((event) => showEvent(call.world, event)),
    ),
  "reactions/create-for-issue-comment": (call) => {
    const { comment } = commentOf(call);
    const { content } = z.object({ content: z.string() }).parse(call.body);
    const author = call.token.login;
    const shown = { id: newId(call.world), content, user: showUser(call.world, author), created_at: tick(call.world) };
    // GitHub keeps one reaction of a kind for each person and answers 200 to the second.
    if (comment.reactions.some((one) => one.author === author && one.content === content)) return ok(shown);
    comment.reactions.push({ author, content });
    return created(shown);
  },
  "reactions/list-for-issue-comment": (call) =>
    paged(
      call,
      commentOf(call).comment.reactions.map(({ content, author }, id) => ({
        ...{ id, content, user: showUser(call.world, author), created_at: "2026-01-01T00:00:00Z" },
      })),
    ),
};

function commentOf(call: RepositoryCall): { readonly issue: FakeIssue; readonly comment: FakeComment } {
  for (const issue of call.repository.issues)
    for (const comment of issue.comments) if (comment.id === Number(call.path["comment_id"])) return { issue, comment };
  throw new Refusal(404, "Not Found");
}

export function addComment(
  { world }: Pick<RepositoryCall, "world">,
  issue: FakeIssue,
  author: string,
  body: string,
): FakeComment {
  const at = tick(world);
  const comment = { id: newId(world), author, body, createdAt: at, updatedAt: at, reactions: [] };
  issue.comments.push(comment);
  issue.updatedAt = at;
  return comment;
}

/** Labels that the repository does not have are made, as GitHub does. */
export function setLabels(
  {
    world,
    repository,
    token,
  }: Pick<RepositoryCall, "world" | "repository"> & { readonly token: { readonly login: string } },
  issue: FakeIssue,
  labels: readonly string[],
): void {
  const wanted = [...new Set(labels)];
  for (const label of wanted) {
    repository.labels.add(label);
    if (!issue.labels.includes(label)) addEvent(world, issue, { event: "labeled", actor: token.login, label });
  }
  for (const label of issue.labels)
    if (!wanted.includes(label)) addEvent(world, issue, { event: "unlabeled", actor: token.login, label });
  issue.labels = wanted;
}

const updateSchema = z.object({
  title: z.string().nullish(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  labels: z.array(z.string()).optional(),
});

function updateIssue(call: RepositoryCall) {
  const { world, repository, token } = call;
  const issue = issueOf(call, call.path["issue_number"]);
  const { title, body, state, labels } = updateSchema.parse(call.body);
  if (typeof title === "string") issue.title = title;
  if (typeof body === "string") issue.body = body;
  if (labels !== undefined) setLabels(call, issue, labels);
  issue.updatedAt = tick(world);
  if (state === "closed" && issue.state === "open") closeIssue(world, issue, token.login);
  if (state === "open" && issue.state === "closed") reopenIssue(world, issue, token.login);
  return ok(showIssue(world, repository, issue));
}
