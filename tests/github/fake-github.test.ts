import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { temporaryFolder } from "../io/temporary-folder.ts";
import { resolveRef } from "./bare-git.ts";
import type { Fault } from "./faults.ts";
import { startFakeGitHub } from "./fake-github.ts";

const files = { "package.json": "{}\n", "apple.ts": "export const apple = 1;\n" };

/** A GitHub with one repository and one token, and a client that does nothing of its own accord. */
async function setUp() {
  const folder = await temporaryFolder();
  const github = await startFakeGitHub(join(folder.path, "github"));
  const repository = await github.addRepository({ name: "fruit/orchard" });
  const ana = github.person(repository);
  const base = await ana.push("main", files, "Plant");
  const token = github.addToken();
  return {
    ...{ github, repository, ana, base, token, folder: folder.path },
    octokit: connect(github.baseUrl, token),
    repo: { owner: "fruit", repo: "orchard" },
    [Symbol.asyncDispose]: async () => {
      await github[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function connect(baseUrl: string, auth: string): Octokit {
  const silent = () => undefined;
  const octokit = new Octokit({ auth, baseUrl, log: { debug: silent, info: silent, warn: silent, error: silent } });
  octokit.hook.before("request", (options) => {
    options.headers["x-github-api-version"] = "2022-11-28";
  });
  return octokit;
}

const branch = "nightsweep/unused-export/src-1";

test("a pull request from branch to merge, with what people and CI do to it", async () => {
  await using at = await setUp();
  const { octokit, repo, github, repository, ana } = at;
  const head = await ana.push(branch, { "apple.ts": null });
  const { data: made } = await octokit.rest.pulls.create({
    ...repo,
    head: branch,
    base: "main",
    title: "Sweep",
    draft: true,
  });
  expect(made).toMatchObject({ number: 1, draft: true, head: { ref: branch, sha: head }, user: { login: "sweeper" } });
  const known = { ...repo, pull_number: 1 };
  const issue = { ...repo, issue_number: 1 };
  await octokit.rest.issues.addLabels({ ...issue, labels: ["nightsweep"] });
  const { data: comment } = await octokit.rest.issues.createComment({ ...issue, body: "Good morning" });
  await octokit.rest.issues.updateComment({ ...repo, comment_id: comment.id, body: "Good day" });
  await octokit.rest.pulls.requestReviewers({ ...known, reviewers: ["ben"] });
  await github.setChecks(repository, 1, "red");
  ana.comment(1, "/nightsweep keep");
  github.person(repository, "ben").review(1, "APPROVED");
  const moved = await ana.push(branch, { "pear.ts": "export {};\n" });
  await ana.push("main", { "apple.ts": "export const apple = 2;\n" });
  const { data: pull } = await octokit.rest.pulls.get(known);
  expect(pull).toMatchObject({ mergeable: false, head: { sha: moved }, requested_reviewers: [] });
  expect((await octokit.rest.checks.listForRef({ ...repo, ref: head })).data.check_runs).toMatchObject([
    { conclusion: "failure" },
  ]);
  const { data: comments } = await octokit.rest.issues.listComments(issue);
  expect(comments.map(({ body, user }) => [user?.login, body])).toEqual([
    ["sweeper", "Good day"],
    ["ana", "/nightsweep keep"],
  ]);
  await ana.push("main", { "apple.ts": files["apple.ts"] });
  const merged = await ana.merge(1, "squash");
  expect(
    (await octokit.rest.issues.listForRepo({ ...repo, labels: "nightsweep", state: "closed" })).data,
  ).toMatchObject([{ number: 1, pull_request: { merged_at: expect.any(String) as string } }]);
  const reverted = await ana.revert(1);
  expect(await resolveRef(repository.bare, "main")).toBe(reverted);
  expect(reverted).not.toBe(merged);
});

test("commits by REST and by GraphQL are signed, and a lease holds", async () => {
  await using at = await setUp();
  const { github, repo, repository, base, octokit } = at;
  github.install();
  await octokit.rest.git.createRef({ ...repo, ref: `refs/heads/${branch}`, sha: base });
  const mutation = `mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }`;
  const input = {
    branch: { repositoryNameWithOwner: "fruit/orchard", branchName: branch },
    message: { headline: "Remove apple" },
    fileChanges: { deletions: [{ path: "apple.ts" }] },
    expectedHeadOid: base,
  };
  await octokit.graphql(mutation, { input });
  const commit = await resolveRef(repository.bare, branch);
  expect(repository.signed.has(commit ?? "")).toBe(true);
  await expect(octokit.graphql(mutation, { input })).rejects.toThrow("Expected branch to point to");
  const tree = await octokit.rest.git.createTree({
    ...repo,
    base_tree: base,
    tree: [{ path: "fig.ts", mode: "100644", type: "blob", content: "1" }],
  });
  const other = await octokit.rest.git.createCommit({ ...repo, tree: tree.data.sha, parents: [base], message: "Fig" });
  expect(other.data.verification.verified).toBe(false);
  await expect(
    octokit.rest.git.updateRef({ ...repo, ref: `heads/${branch}`, sha: other.data.sha }),
  ).rejects.toMatchObject({ status: 422 });
});

test("git clones and pushes with a token only, and a pull request follows its branch", async () => {
  await using at = await setUp();
  const { github, token, folder, octokit, repo } = at;
  const address = `${github.url}/fruit/orchard.git`;
  const run = promisify(execFile);
  const git = (...words: string[]) =>
    run("git", words, { cwd: folder, env: { PATH: process.env["PATH"], GIT_TERMINAL_PROMPT: "0" } });
  await expect(git("clone", "--quiet", address, "refused")).rejects.toThrow();
  const header = `http.extraHeader=Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
  await git("-c", header, "clone", "--quiet", "--filter=blob:none", address, "work");
  await git("-C", "work", "-c", "user.name=A", "-c", "user.email=a@b", "commit", "--quiet", "--allow-empty", "-mEmpty");
  await git("-C", "work", "-c", header, "push", "--quiet", "origin", `HEAD:refs/heads/${branch}`);
  const { data } = await octokit.rest.pulls.create({ ...repo, head: branch, base: "main", title: "Sweep" });
  await git("-C", "work", "-c", header, "push", "--quiet", "origin", `:refs/heads/${branch}`);
  expect((await octokit.rest.pulls.get({ ...repo, pull_number: data.number })).data.state).toBe("closed");
});

const faults: readonly (readonly [string, Fault, object, number])[] = [
  ["502 after the work", { on: "issues/create-comment", kind: "bad-gateway", work: "after" }, { status: 502 }, 1],
  ["502 before the work", { on: "issues/create-comment", kind: "bad-gateway", work: "before" }, { status: 502 }, 0],
  ["no answer after the work", { on: "write", kind: "hang-up", work: "after" }, { status: 500 }, 1],
  [
    "the second limit",
    { on: "write", kind: "secondary-limit", retryAfterSeconds: 3 },
    { status: 403, response: { headers: { "retry-after": "3" } } },
    0,
  ],
  [
    "the first limit",
    { on: "write", kind: "primary-limit", resetInSeconds: 3 },
    { status: 403, response: { headers: { "x-ratelimit-remaining": "0" } } },
    0,
  ],
  ["a permission that is missing", { on: "write", kind: "forbidden" }, { status: 403 }, 0],
  ["a token that expired", { on: "write", kind: "expired" }, { status: 401 }, 0],
];

test.each(faults)("%s", async (_what, fault, error, comments) => {
  await using at = await setUp();
  const { octokit, repo, repository, github } = at;
  const { data } = await octokit.rest.issues.create({ ...repo, title: "Dashboard" });
  github.fault(fault);
  await expect(
    octokit.rest.issues.createComment({ ...repo, issue_number: data.number, body: "Hello" }),
  ).rejects.toMatchObject(error);
  expect(repository.issues[0]?.comments).toHaveLength(comments);
});

test("half an answer", async () => {
  await using at = await setUp();
  at.github.fault({ on: "repos/get", kind: "cut-short", work: "after" });
  expect((await at.octokit.rest.repos.get(at.repo)).data).toBe("");
});

test("what GitHub would not understand is told at the end", async () => {
  const at = await setUp();
  const wrong = { ...at.repo, head: "x", base: "main", title: "T", drafty: true };
  await expect(at.octokit.rest.pulls.create(wrong)).rejects.toMatchObject({ status: 422 });
  await expect(at.octokit.graphql("{ viewer { nonsense } }")).rejects.toThrow("nonsense");
  await expect(at[Symbol.asyncDispose]()).rejects.toThrow(/drafty[\s\S]*nonsense/);
});
