import { afterAll, expect, test } from "vitest";
import { decodeMetadata } from "../../src/core/metadata.ts";
import type { Fault } from "../github/faults.ts";
import { plantOnGitHub } from "../github/orchard-on-github.ts";
import { branchOfFruit, createNursery, fruit, git, idOf, nextNight, type Fruit } from "./orchard-repository.ts";

const nursery = await createNursery();
afterAll(() => nursery[Symbol.asyncDispose]());

const labels = ["nightsweep", "nightsweep:unused-export"];
type At = Awaited<ReturnType<typeof plantOnGitHub>>;

const outcome = (at: At, name: Fruit, number: number, kind = "opened") => ({
  kind,
  branch: branchOfFruit(name),
  url: at.url(number),
  candidates: [idOf(name)],
});

/** What people would see of the pull requests. */
const seen = ({ repository }: At) =>
  repository.issues.map(({ title, state, labels: own, pull }) => ({ title, state, labels: own, draft: pull?.draft }));

const oneOpen = [{ title: "Remove unused export ripen in src", state: "open", labels, draft: true }];

test.each(["token", "app"] as const)("opens a labelled draft with exactly the checked tree, by %s", async (kind) => {
  await using at = await plantOnGitHub(nursery, kind);
  expect(await at.run(["ripen"])).toEqual([outcome(at, "ripen", 1)]);
  const { base } = at.orchard.record;
  const head = git(at.repository.bare, "rev-parse", branchOfFruit("ripen"));
  expect(git(at.repository.bare, "show", "--no-patch", "--format=%T %P", head)).toBe(
    `${at.orchard.batches.ripen.tree} ${base.commit}`,
  );
  expect(seen(at)).toEqual(oneOpen);
  expect(decodeMetadata(at.repository.issues[0]?.body ?? "")).toMatchObject({ head, base: base.commit });
});

test("reading and writing use different tokens of an app, each for one repository and the least", async () => {
  await using at = await plantOnGitHub(nursery, "app");
  await at.run(["ripen"]);
  const { tokens, seen: requests } = at.github.world;
  const writes = new Set(requests.filter(({ write, token }) => write && token !== null).map(({ token }) => token));
  for (const { value, kind, permissions, repositories } of tokens.slice(1)) {
    expect({ kind, repositories }).toEqual({ kind: "installation", repositories: ["fruit/orchard"] });
    expect(permissions.contents).toBe(permissions.pull_requests);
    expect(permissions).not.toHaveProperty("workflows");
    if (writes.has(value)) expect(permissions.contents).toBe("write");
  }
  expect(tokens.filter(({ permissions }) => permissions.contents === "read")).toHaveLength(1);
});

test("the token is in no configuration of git", async () => {
  await using at = await plantOnGitHub(nursery);
  await at.run(["ripen"]);
  for (const repository of [at.orchard.mirror, at.repository.bare])
    expect(git(repository, "config", "--list")).not.toContain(at.token);
});

/** After these the run goes on as if nothing had been. */
const passing: readonly (readonly [string, Fault])[] = [
  ["pulls/create answers 502 before it is done", { on: "pulls/create", kind: "bad-gateway", work: "before" }],
  ["pulls/create answers 502 after it is done", { on: "pulls/create", kind: "bad-gateway", work: "after" }],
  ["pulls/create is not answered", { on: "pulls/create", kind: "hang-up", work: "before" }],
  ["pulls/create is done and not answered", { on: "pulls/create", kind: "hang-up", work: "after" }],
  ["pulls/create is done and its answer cut short", { on: "pulls/create", kind: "cut-short", work: "after" }],
  ["pulls/create is never answered", { on: "pulls/create", kind: "time-out", work: "before" }],
  ["pulls/create is done and never answered", { on: "pulls/create", kind: "time-out", work: "after" }],
  ["pulls/create must slow down", { on: "pulls/create", kind: "secondary-limit", retryAfterSeconds: 0 }],
  ["the hour is over at once", { on: "pulls/create", kind: "primary-limit", resetInSeconds: 0 }],
  ["pulls/list answers 502", { on: "pulls/list", kind: "bad-gateway", work: "before" }],
  ["pulls/list must slow down", { on: "pulls/list", kind: "secondary-limit", retryAfterSeconds: 0 }],
  ["the push is done and not answered", { on: "git/push", kind: "hang-up", work: "after" }],
];

test.each(passing)("one pull request, although %s", async (_what, fault) => {
  await using at = await plantOnGitHub(nursery);
  at.github.fault(fault);
  expect(await at.run(["ripen"])).toEqual([outcome(at, "ripen", 1)]);
  expect(seen(at)).toEqual(oneOpen);
  expect(at.github.world.faults).toEqual([]);
});

test("a token of an app that expires in the middle is minted again", async () => {
  await using at = await plantOnGitHub(nursery, "app");
  at.github.fault({ on: "pulls/create", kind: "expired" }, { on: "issues/list-for-repo", kind: "expired" });
  expect(await at.run(["ripen"])).toEqual([outcome(at, "ripen", 1)]);
  expect(seen(at)).toEqual(oneOpen);
});

/** These stop the repository, with the code; the next run ends as if nothing had been. */
const stopping: readonly (readonly [string, Fault, string])[] = [
  ["a permission that is missing", { on: "pulls/create", kind: "forbidden" }, "PERMISSION_MISSING"],
  ["an unknown refusal", { on: "pulls/create", kind: "status", status: 422, message: "no" }, "FORGE_REFUSED"],
  ["a repository that moved", { on: "pulls/list", kind: "status", status: 301, message: "Moved" }, "REPOSITORY_MOVED"],
  [
    "an archived one",
    { on: "pulls/create", kind: "status", status: 403, message: "Repository was archived so is read-only." },
    "REPOSITORY_ARCHIVED",
  ],
  [
    "a disabled one",
    { on: "pulls/list", kind: "status", status: 403, message: "Repository access blocked" },
    "REPOSITORY_DISABLED",
  ],
  ["a limit that lasts", { on: "pulls/create", kind: "primary-limit", resetInSeconds: 3000 }, "FORGE_LIMITED"],
  [
    "a second limit that lasts",
    { on: "pulls/create", kind: "secondary-limit", retryAfterSeconds: 3000 },
    "FORGE_LIMITED",
  ],
  ["a count that fails", { on: "pulls/list", kind: "bad-gateway", work: "before", times: 9 }, "FORGE_UNREACHABLE"],
  [
    "labels that are not answered",
    { on: "issues/add-labels", kind: "bad-gateway", work: "after" },
    "FORGE_UNREACHABLE",
  ],
  ["labels that are lost", { on: "issues/add-labels", kind: "bad-gateway", work: "before" }, "FORGE_UNREACHABLE"],
  ["a push that is refused", { on: "git/push", kind: "status", status: 403, message: "no" }, "FORGE_REFUSED"],
];

test.each(stopping)("%s stops the repository, and the next run ends in the same state", async (_what, fault, code) => {
  await using at = await plantOnGitHub(nursery);
  at.github.fault(fault);
  await expect(at.run(["ripen"])).rejects.toMatchObject({ code });
  at.github.world.faults.length = 0;
  expect(await at.run(["ripen"])).toMatchObject([{ url: at.url(1) }]);
  expect(seen(at)).toEqual(oneOpen);
});

test("a second run opens nothing, and leaves labels alone that a person took off", async () => {
  await using at = await plantOnGitHub(nursery);
  await at.run(["ripen", "peel"]);
  for (const { number } of at.repository.issues) at.ana.unlabel(number, ...labels);
  const before = [structuredClone(at.repository.issues), git(at.repository.bare, "for-each-ref")];
  expect(await at.run(["ripen", "peel"], { night: nextNight })).toEqual([
    outcome(at, "ripen", 1, "already-open"),
    outcome(at, "peel", 2, "already-open"),
  ]);
  expect([at.repository.issues, git(at.repository.bare, "for-each-ref")]).toEqual(before);
});

test("closed and merged ones are answers, even when their branches are gone", async () => {
  await using at = await plantOnGitHub(nursery);
  await at.run(fruit);
  at.ana.close(1);
  await at.ana.merge(2);
  await at.ana.deleteBranch(branchOfFruit("ripen"));
  await at.ana.deleteBranch(branchOfFruit("peel"));
  const { batches } = at.orchard;
  const outcomes = await at.run(fruit, {
    night: nextNight,
    batches: [{ ...batches.ripen, fingerprint: "again" }, batches.peel, batches.stone],
  });
  expect(outcomes).toMatchObject([
    { kind: "closed-before", because: `${at.url(1)} was closed without a merge` },
    { kind: "closed-before", because: `${at.url(2)} was merged, and the code is there again` },
    { kind: "already-open", url: at.url(3) },
  ]);
  expect(at.repository.issues).toHaveLength(3);
});

test("a pull request that was closed between the listing and the write stays closed", async () => {
  await using at = await plantOnGitHub(nursery);
  await at.run(["ripen"]);
  const unaware = { ...at.forge, list: () => Promise.resolve([]) };
  at.ana.close(1);
  expect(await at.run(["ripen"], { forge: unaware })).toMatchObject([{ kind: "closed-before" }]);
  expect(at.repository.issues).toHaveLength(1);
});

test("a branch with a commit of a person is theirs", async () => {
  await using at = await plantOnGitHub(nursery);
  const theirs = await at.ana.push(branchOfFruit("peel"), { "mine.txt": "mine" });
  expect(await at.run(["peel", "ripen"])).toMatchObject([{ kind: "branch-taken" }, { kind: "opened" }]);
  expect(git(at.repository.bare, "rev-parse", branchOfFruit("peel"))).toBe(theirs);
});

test("where drafts are not to be had it is opened ready", async () => {
  await using at = await plantOnGitHub(nursery);
  at.repository.drafts = false;
  expect(await at.run(["ripen"])).toEqual([outcome(at, "ripen", 1)]);
  expect(seen(at)).toMatchObject([{ draft: false }]);
});

test("a fork's branch of the same name is not ours", async () => {
  await using at = await plantOnGitHub(nursery);
  await at.run(["ripen"]);
  const [issue] = at.repository.issues;
  Object.assign(issue?.pull ?? {}, { from: "somebody/orchard" });
  at.ana.unlabel(1, ...labels);
  expect(await at.forge.list(at.source, new AbortController().signal)).toEqual([]);
});

test("all pages are read", async () => {
  await using at = await plantOnGitHub(nursery);
  await at.run(["ripen"]);
  for (let number = 2; number <= 130; number += 1)
    await at.ana.openPull({ branch: "main", title: `Feature ${number}` });
  expect(await at.run(["ripen"])).toEqual([outcome(at, "ripen", 1, "opened")]);
});

test("a wrong token and a stop are told apart", async () => {
  await using at = await plantOnGitHub(nursery);
  const forge = at.forgeWith({ proof: { kind: "token", read: "wrong", write: "wrong" } });
  await expect(at.run(["ripen"], { forge })).rejects.toMatchObject({
    code: "FORGE_REFUSED",
    detail: expect.stringContaining("Bad credentials") as string,
  });
  await expect(at.forge.list(at.source, AbortSignal.abort())).rejects.toMatchObject({ code: "INTERRUPTED" });
});
