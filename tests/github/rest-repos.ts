import { z } from "zod";
import { bareGit, resolveRef, tryGit } from "./bare-git.ts";
import { created, ok, paged, Refusal, type Handlers, type RepositoryCall } from "./call.ts";
import { showAnnotation, showCheck, showCommit, showPull, showRepository, showUser } from "./present.ts";
import { isPull } from "./call.ts";
import { newId, tick, type FakeCheck, type Level } from "./world.ts";

/** Repositories, branches, commits and checks in the REST interface. */
export const repositoryHandlers: Handlers = {
  "repos/get": ({ world, repository, token }) => {
    const level = repository.people.get(token.login) ?? "none";
    const pushes = token.kind === "installation" || ["write", "maintain", "admin"].includes(level);
    const permissions = {
      admin: level === "admin",
      maintain: level === "maintain",
      push: pushes,
      triage: pushes,
      pull: true,
    };
    return ok({ ...showRepository(world, repository), permissions });
  },
  "repos/get-branch": async (call) => {
    const name = call.path["branch"] ?? "";
    const sha = await resolveRef(call.repository.bare, `refs/heads/${name}`);
    if (sha === null) throw new Refusal(404, "Branch not found");
    const commit = await showCommit(call.world, call.repository, sha);
    return ok({ name, commit, protected: call.repository.protection.has(name) });
  },
  "repos/get-branch-rules": (call) => {
    const rules = call.repository.protection.get(call.path["branch"] ?? "");
    if (rules === undefined) return ok([]);
    const checks = rules.requiredChecks.map((context) => ({ context }));
    return paged(call, [
      ...(checks.length === 0
        ? []
        : [
            {
              type: "required_status_checks",
              parameters: { required_status_checks: checks, strict_required_status_checks_policy: false },
            },
          ]),
      ...(rules.reviews === 0
        ? []
        : [
            {
              type: "pull_request",
              parameters: {
                dismiss_stale_reviews_on_push: true,
                require_code_owner_review: false,
                require_last_push_approval: false,
                required_approving_review_count: rules.reviews,
                required_review_thread_resolution: false,
              },
            },
          ]),
      ...(rules.signatures ? [{ type: "required_signatures" }] : []),
      ...(rules.mergeQueue ? [{ type: "merge_queue" }] : []),
    ]);
  },
  "repos/get-branch-protection": (call) => {
    if (call.token.permissions.administration === undefined)
      throw new Refusal(403, "Resource not accessible by integration");
    throw new Refusal(404, "Branch not protected");
  },
  "repos/get-collaborator-permission-level": ({ world, repository, path }) => {
    const login = path["username"] ?? "";
    const level: Level = repository.people.get(login) ?? (repository.private ? "none" : "read");
    const coarse = level === "maintain" ? "write" : level === "triage" ? "read" : level;
    return ok({ permission: coarse, role_name: level, user: showUser(world, login) });
  },
  "repos/get-content": async (call) => {
    const path = call.path["path"] ?? "";
    const ref = call.query["ref"] ?? call.repository.defaultBranch;
    const sha = await resolveRef(call.repository.bare, ref);
    const { code, stdout } = await tryGit(call.repository.bare, ["show", `${sha ?? ""}:${path}`]);
    if (sha === null || code !== 0) throw new Refusal(404, "Not Found");
    const blob = await bareGit(call.repository.bare, ["rev-parse", `${sha}:${path}`]);
    const content = Buffer.from(stdout, "utf8");
    const links = { git: null, html: null, self: "https://filler.invalid/" };
    return ok({
      ...{ type: "file", encoding: "base64", size: content.length, name: path.split("/").at(-1), path, sha: blob },
      ...{ content: content.toString("base64"), _links: links },
    });
  },
  "repos/list-commits": async (call) => {
    const { query, repository } = call;
    const start = await resolveRef(repository.bare, query["sha"] ?? repository.defaultBranch);
    if (start === null) throw new Refusal(409, "Git Repository is empty.");
    const paths = query["path"] === undefined ? [] : ["--", query["path"]];
    const shas = (await bareGit(repository.bare, ["rev-list", "--max-count=300", start, ...paths])).split("\n");
    const all = shas.filter((one) => one !== "");
    return paged(call, await Promise.all(all.map((one) => showCommit(call.world, repository, one))));
  },
  "repos/get-commit": async (call) => {
    const sha = await resolveRef(call.repository.bare, call.path["ref"] ?? "");
    if (sha === null) throw new Refusal(422, `No commit found for SHA: ${call.path["ref"] ?? ""}`);
    return ok(await showCommit(call.world, call.repository, sha));
  },
  "repos/compare-commits-with-basehead": async (call) => {
    const { bare } = call.repository;
    const [base = "", head = ""] = (call.path["basehead"] ?? "").split("...");
    const [from, to] = [await resolveRef(bare, base), await resolveRef(bare, head)];
    if (from === null || to === null) throw new Refusal(404, "Not Found");
    const counts = (await bareGit(bare, ["rev-list", "--left-right", "--count", `${from}...${to}`])).split("\t");
    const [behind, ahead] = counts.map(Number);
    const shas = (await bareGit(bare, ["rev-list", "--reverse", `${from}..${to}`])).split("\n");
    const status = ahead === 0 ? (behind === 0 ? "identical" : "behind") : behind === 0 ? "ahead" : "diverged";
    const commits = shas.filter((one) => one !== "").map((one) => showCommit(call.world, call.repository, one));
    return ok({
      ...{ status, ahead_by: ahead, behind_by: behind, total_commits: ahead, commits: await Promise.all(commits) },
      ...{ base_commit: await showCommit(call.world, call.repository, from), files: [] },
      merge_base_commit: await showCommit(call.world, call.repository, await bareGit(bare, ["merge-base", from, to])),
    });
  },
  "repos/list-pull-requests-associated-with-commit": async (call) => {
    const { world, repository } = call;
    const sha = await resolveRef(repository.bare, call.path["commit_sha"] ?? "");
    const fitting = repository.issues
      .filter(isPull)
      .filter(({ pull }) => pull.head === sha || pull.merged?.commit === sha);
    return paged(
      call,
      fitting.map((issue) => showPull(world, repository, issue)),
    );
  },
  "repos/get-combined-status-for-ref": async (call) => {
    const sha = await commitOf(call);
    const statuses = call.repository.statuses.filter(({ head }) => head === sha);
    const states = new Set(statuses.map(({ state }) => state));
    const bad = states.has("failure") || states.has("error");
    const state = bad ? "failure" : statuses.length === 0 || states.has("pending") ? "pending" : "success";
    return ok({
      ...{ sha, state, total_count: statuses.length, repository: showRepository(call.world, call.repository) },
      statuses: statuses.map(({ context, state: one }, id) => ({ id, context, state: one })),
    });
  },
  "repos/create-commit-status": async (call) => {
    const head = (await resolveRef(call.repository.bare, call.path["sha"] ?? "")) ?? "";
    const { state, context = "default" } = z
      .object({ state: z.enum(["pending", "success", "failure", "error"]), context: z.string().optional() })
      .parse(call.body);
    const old = call.repository.statuses.findIndex((one) => one.head === head && one.context === context);
    if (old >= 0) call.repository.statuses.splice(old, 1);
    call.repository.statuses.push({ head, state, context });
    return created({ id: newId(call.world), state, context, creator: showUser(call.world, call.token.login) });
  },
  "checks/list-for-ref": async (call) => {
    const sha = await commitOf(call);
    const found = call.repository.checks.filter(({ head }) => head === sha).map(showCheck);
    return paged(call, found, (page) => ({ total_count: found.length, check_runs: page }));
  },
  "checks/list-annotations": (call) => {
    const check = call.repository.checks.find(({ id }) => id === Number(call.path["check_run_id"]));
    if (check === undefined) throw new Refusal(404, "Not Found");
    return paged(call, check.annotations.map(showAnnotation));
  },
  "checks/create": (call) => {
    if (call.token.kind !== "installation") throw new Refusal(403, "You must authenticate via a GitHub App.");
    const wish = checkSchema.parse(call.body);
    const check: FakeCheck = {
      ...{ id: newId(call.world), name: wish.name ?? "", head: wish.head_sha ?? "", app: call.world.app.slug },
      ...{ status: "queued", conclusion: null, title: "", summary: "", annotations: [] },
    };
    call.repository.checks.push(check);
    changeCheck(check, wish);
    return created(showCheck(check));
  },
  "checks/update": (call) => {
    const check = call.repository.checks.find(({ id }) => id === Number(call.path["check_run_id"]));
    if (check === undefined) throw new Refusal(404, "Not Found");
    changeCheck(check, checkSchema.parse(call.body));
    tick(call.world);
    return ok(showCheck(check));
  },
};

const checkSchema = z.object({
  name: z.string().optional(),
  head_sha: z.string().optional(),
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  conclusion: z
    .enum(["success", "failure", "cancelled", "timed_out", "neutral", "skipped", "action_required"])
    .optional(),
  output: z.object({ title: z.string().optional(), summary: z.string() }).optional(),
});

function changeCheck(check: FakeCheck, { status, conclusion, output }: z.output<typeof checkSchema>): void {
  check.status = conclusion === undefined ? (status ?? check.status) : "completed";
  check.conclusion = conclusion ?? check.conclusion;
  check.title = output?.title ?? check.title;
  check.summary = output?.summary ?? check.summary;
}

async function commitOf(call: RepositoryCall): Promise<string> {
  const sha = await resolveRef(call.repository.bare, call.path["ref"] ?? "");
  if (sha === null) throw new Refusal(422, `No commit found for SHA: ${call.path["ref"] ?? ""}`);
  return sha;
}
