import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { decodeMetadata } from "../../src/core/metadata.ts";
import { createGitHubForge } from "../../src/publish/github-forge.ts";
import { publish } from "../../src/publish/publish.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";
import { startFakeGitHub, type Fault } from "./fake-github.ts";
import {
  branchOfFruit,
  fruit,
  git,
  idOf,
  nextNight,
  createNursery,
  requestFor,
  type Fruit,
} from "./orchard-repository.ts";

const token = ["ghs", "aVeryRipeToken0123456789"].join("_");

const nursery = await createNursery();
afterAll(() => nursery[Symbol.asyncDispose]());

async function setUp() {
  const folder = await temporaryFolder();
  const orchard = await nursery.transplant(folder.path);
  const root = join(folder.path, "forge");
  const fake = await startFakeGitHub({ root, token });
  const access = { baseUrl: fake.baseUrl, owner: "fruit", repository: "orchard" };
  const forge = createGitHubForge({ ...access, token });
  const run = async (names: readonly Fruit[], change: Parameters<typeof requestFor>[3] = {}) =>
    (await publish(requestFor(orchard, forge, names, change))).outcomes;
  return {
    ...{ orchard, fake, forge, run, access },
    [Symbol.asyncDispose]: async () => {
      await fake[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const outcome = (name: Fruit, number: number, kind = "opened") => ({
  kind,
  branch: branchOfFruit(name),
  url: `https://forge/fruit/orchard/pull/${number}`,
  candidates: [idOf(name)],
});

test("opens a labelled draft whose branch has exactly the checked tree", async () => {
  await using at = await setUp();
  expect(await at.run(["ripen"])).toEqual([outcome("ripen", 1)]);
  const { base } = at.orchard.record;
  const head = git(at.fake.bare, "rev-parse", branchOfFruit("ripen"));
  expect(git(at.fake.bare, "show", "--no-patch", "--format=%T %P", head)).toBe(
    `${at.orchard.batches.ripen.tree} ${base.commit}`,
  );
  const [{ body, ...pull } = { body: "" }, ...others] = at.fake.state.pulls;
  expect(others).toEqual([]);
  expect(pull).toEqual({
    ...{
      number: 1,
      title: "Remove unused export ripen in src",
      branch: branchOfFruit("ripen"),
      base: "main",
      draft: true,
    },
    ...{ state: "open", merged: false, from: "fruit/orchard", labels: ["nightsweep", "nightsweep:unused-export"] },
  });
  expect(decodeMetadata(body)).toMatchObject({ head, base: base.commit, candidates: [idOf("ripen")] });
});

test("the token is in no configuration of git", async () => {
  await using at = await setUp();
  await at.run(["ripen"]);
  for (const repository of [at.orchard.mirror, at.fake.bare])
    expect(git(repository, "config", "--list")).not.toContain(token);
});

const faults: readonly (readonly [string, Fault])[] = [
  ["POST /pulls answers 502 before it is done", { method: "POST", path: /\/pulls$/, kind: "before-work" }],
  ["POST /pulls answers 502 after it is done", { method: "POST", path: /\/pulls$/, kind: "after-work" }],
  ["POST /pulls is not answered", { method: "POST", path: /\/pulls$/, kind: "hang-up" }],
  ["POST /pulls is done and not answered", { method: "POST", path: /\/pulls$/, kind: "hang-up-after-work" }],
  ["POST /pulls is done and its answer cut short", { method: "POST", path: /\/pulls$/, kind: "cut-short" }],
  ["POST /pulls must slow down", { method: "POST", path: /\/pulls$/, kind: "wait" }],
  ["GET /pulls answers 502", { method: "GET", path: /\/pulls\?/, kind: "before-work" }],
  ["GET /pulls must slow down", { method: "GET", path: /\/pulls\?/, kind: "wait" }],
  ["the push is done and not answered", { method: "POST", path: /git-receive-pack$/, kind: "hang-up-after-work" }],
];

test.each(faults)("one pull request, although %s", async (_what, fault) => {
  await using at = await setUp();
  at.fake.state.faults.push(fault);
  expect(await at.run(["ripen"])).toEqual([outcome("ripen", 1)]);
  expect(at.fake.state.pulls).toMatchObject([{ number: 1, labels: ["nightsweep", "nightsweep:unused-export"] }]);
  expect(at.fake.state.faults).toEqual([]);
});

const deadly: readonly (readonly [string, Fault, string])[] = [
  [
    "a token without permission",
    { method: "POST", path: /\/pulls$/, kind: "status", status: 403, message: "Resource not accessible" },
    "FORGE_REFUSED",
  ],
  [
    "an unknown refusal",
    { method: "POST", path: /\/pulls$/, kind: "status", status: 422, message: "head invalid" },
    "FORGE_REFUSED",
  ],
  [
    "a repository that moved",
    { method: "GET", path: /\/pulls\?/, kind: "status", status: 301, message: "Moved" },
    "FORGE_REFUSED",
  ],
  ["labels that are not answered", { method: "POST", path: /labels$/, kind: "after-work" }, "FORGE_UNREACHABLE"],
  ["labels that are lost", { method: "POST", path: /labels$/, kind: "before-work" }, "FORGE_UNREACHABLE"],
  [
    "a push that is refused",
    { method: "POST", path: /git-receive-pack$/, kind: "status", status: 403 },
    "FORGE_REFUSED",
  ],
  ["a push that is not answered", { method: "GET", path: /info\/refs/, kind: "hang-up" }, "FORGE_UNREACHABLE"],
];

test.each(deadly)("%s stops the repository, and the next run ends in the same state", async (_what, fault, code) => {
  await using at = await setUp();
  at.fake.state.faults.push(fault);
  await expect(at.run(["ripen"])).rejects.toMatchObject({ code });
  const [again] = await at.run(["ripen"]);
  expect(again).toMatchObject({ url: "https://forge/fruit/orchard/pull/1" });
  expect(at.fake.state.pulls).toMatchObject([{ number: 1, labels: ["nightsweep", "nightsweep:unused-export"] }]);
});

test("a second run opens nothing, and leaves labels alone that a person took off", async () => {
  await using at = await setUp();
  await at.run(["ripen", "peel"]);
  for (const pull of at.fake.state.pulls) pull.labels = ["mine"];
  const before = [structuredClone(at.fake.state.pulls), at.fake.branches()];
  expect(await at.run(["ripen", "peel"], { night: nextNight })).toEqual([
    outcome("ripen", 1, "already-open"),
    outcome("peel", 2, "already-open"),
  ]);
  expect([at.fake.state.pulls, at.fake.branches()]).toEqual(before);
});

test("closed and merged ones are answers, even when their branches are gone", async () => {
  await using at = await setUp();
  await at.run(fruit);
  const [ripen, peel, stone] = at.fake.state.pulls;
  if (ripen === undefined || peel === undefined || stone === undefined) throw new Error("three were opened");
  ripen.state = peel.state = "closed";
  peel.merged = true;
  git(at.fake.bare, "branch", "-D", branchOfFruit("ripen"), branchOfFruit("peel"));
  const other = { ...at.orchard.batches.ripen, fingerprint: "again" };
  const outcomes = await at.run(fruit, {
    night: nextNight,
    batches: [other, at.orchard.batches.peel, at.orchard.batches.stone],
  });
  expect(outcomes).toMatchObject([
    { kind: "closed-before", because: "https://forge/fruit/orchard/pull/1 was closed without a merge" },
    { kind: "closed-before", because: "https://forge/fruit/orchard/pull/2 was merged, and the code is there again" },
    { kind: "already-open", url: "https://forge/fruit/orchard/pull/3" },
  ]);
  expect(at.fake.branches()).toHaveLength(1);
});

test("a pull request that was closed between the listing and the write stays closed", async () => {
  await using at = await setUp();
  await at.run(["ripen"]);
  const [pull] = at.fake.state.pulls;
  if (pull === undefined) throw new Error("one was opened");
  const unaware = { ...at.forge, list: () => Promise.resolve([]) };
  pull.state = "closed";
  expect(await at.run(["ripen"], { forge: unaware })).toMatchObject([{ kind: "closed-before" }]);
  expect(at.fake.state.pulls).toHaveLength(1);
});

test("a branch with a commit of a person is theirs; one that we left behind is ours", async () => {
  await using at = await setUp();
  const { work, mirror, record, batches } = at.orchard;
  git(work, "commit", "--quiet", "--allow-empty", "--message=Mine");
  git(work, "push", "--quiet", at.fake.bare, `HEAD:refs/heads/${branchOfFruit("peel")}`);
  const theirs = git(work, "rev-parse", "HEAD");
  const old = git(
    mirror,
    ...["-c", "user.name=nightsweep", "-c", "user.email=nightsweep@users.noreply.github.com"],
    ...["commit-tree", batches.ripen.tree, "-p", record.base.commit, "-m", "An earlier night"],
  );
  git(mirror, "push", "--quiet", at.fake.bare, `${old}:refs/heads/${branchOfFruit("ripen")}`);
  expect(await at.run(["peel", "ripen"])).toMatchObject([{ kind: "branch-taken" }, { kind: "opened" }]);
  expect(git(at.fake.bare, "rev-parse", branchOfFruit("peel"))).toBe(theirs);
  expect(git(at.fake.bare, "rev-parse", branchOfFruit("ripen"))).not.toBe(old);
});

test("where drafts are not to be had it is opened ready", async () => {
  await using at = await setUp();
  at.fake.state.noDrafts = true;
  expect(await at.run(["ripen"])).toEqual([outcome("ripen", 1)]);
  expect(at.fake.state.pulls).toMatchObject([{ draft: false }]);
});

test("a fork's branch of the same name is not ours", async () => {
  await using at = await setUp();
  await at.run(["ripen"]);
  const [pull] = at.fake.state.pulls;
  if (pull === undefined) throw new Error("one was opened");
  pull.from = "somebody/orchard";
  pull.labels = [];
  expect(
    await at.forge.list({ record: at.orchard.record, mirror: at.orchard.mirror }, new AbortController().signal),
  ).toEqual([]);
});

test("all pages are read", async () => {
  await using at = await setUp();
  await at.run(["ripen"]);
  const [pull] = at.fake.state.pulls;
  if (pull === undefined) throw new Error("one was opened");
  for (let number = 2; number <= 230; number += 1)
    at.fake.state.pulls.push({ ...pull, number, branch: `feature/${number}`, labels: [] });
  expect(await at.run(["ripen"])).toEqual([outcome("ripen", 1, "opened")]);
});

test("a wrong token and a stop are told apart", async () => {
  await using at = await setUp();
  const forge = createGitHubForge({ ...at.access, token: "wrong" });
  await expect(at.run(["ripen"], { forge })).rejects.toMatchObject({
    code: "FORGE_REFUSED",
    detail: "Bad credentials",
  });
  const source = { record: at.orchard.record, mirror: at.orchard.mirror };
  await expect(at.forge.list(source, AbortSignal.abort())).rejects.toMatchObject({ code: "INTERRUPTED" });
});
