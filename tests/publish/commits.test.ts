import { afterAll, expect, test } from "vitest";
import { decodeMetadata } from "../../src/core/metadata.ts";
import type { CandidateId } from "../../src/core/names.ts";
import { revertOnto } from "../../src/io/git-revert.ts";
import { writeTree } from "../../src/io/git-tree.ts";
import { candidatesOfMessage, makeDraftCommits } from "../../src/publish/commits.ts";
import { plantOnGitHub } from "../github/orchard-on-github.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";
import { batch, candidate } from "../report/orchard-night.ts";
import { createNursery, fruit, git, idOf, requestFor, type Fruit, type Orchard } from "./orchard-repository.ts";
import { createLocalForge } from "../../src/publish/local-forge.ts";

const nursery = await createNursery();
afterAll(() => nursery[Symbol.asyncDispose]());

const signal = new AbortController().signal;

async function transplant() {
  const folder = await temporaryFolder();
  const orchard = await nursery.transplant(folder.path);
  return { orchard, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

/** The fruit in one batch; some of them need others to go before. */
async function basketOf(orchard: Orchard, requires: Partial<Record<Fruit, readonly Fruit[]>> = {}) {
  const forge = createLocalForge({ directory: "unused", shownAs: "unused", repo: "orchard" });
  const request = requestFor(orchard, forge, fruit);
  const ids = fruit.map(idOf);
  const changes = request.merge(ids);
  const tree = await writeTree(orchard.mirror, orchard.record.base.commit, changes);
  const candidates = fruit.map((name) =>
    candidate(name, {
      ...{ id: idOf(name), subject: { file: `src/${name}.ts`, name, line: 1 } },
      edits: [{ kind: "delete-file", file: `src/${name}.ts` }],
      requires: (requires[name] ?? []).map(idOf),
    }),
  );
  return { batch: batch(ids, { changes, tree, fingerprint: "basket" }), candidates, request };
}

const make = async (orchard: Orchard, requires: Partial<Record<Fruit, readonly Fruit[]>>, change: object = {}) => {
  const basket = await basketOf(orchard, requires);
  const how = { ...basket.request, date: "2026-11-23T00:00:00Z", ...change };
  return { basket, commits: await makeDraftCommits(basket.batch, basket.candidates, how) };
};

test.each<readonly [string, Partial<Record<Fruit, readonly Fruit[]>>, readonly (readonly Fruit[])[]]>([
  ["a commit for each", {}, [["ripen"], ["peel"], ["stone"]]],
  ["what is required goes first", { ripen: ["stone"] }, [["peel"], ["stone"], ["ripen"]]],
  ["what requires each other goes together", { ripen: ["stone"], stone: ["ripen"] }, [["peel"], ["ripen", "stone"]]],
])("%s, and the last tree is the one that was checked", async (_what, requires, groups) => {
  await using at = await transplant();
  const { basket, commits } = await make(at.orchard, requires);
  expect(commits.map(({ candidates }) => candidates)).toEqual(groups.map((group) => group.map(idOf)));
  expect(commits.map(({ message }) => candidatesOfMessage(message))).toEqual(groups.map((group) => group.map(idOf)));
  expect(commits.at(-1)?.tree).toBe(basket.batch.tree);
  const chain = git(
    at.orchard.mirror,
    "rev-list",
    "--reverse",
    `${at.orchard.record.base.commit}..${commits.at(-1)?.commit ?? ""}`,
  );
  expect(chain.split("\n")).toEqual(commits.map(({ commit }) => commit));
  expect((await make(at.orchard, requires)).commits).toEqual(commits);
});

test("what changes nothing by itself shares the commit of what it waits for", async () => {
  await using at = await transplant();
  const all = (ids: readonly CandidateId[]) =>
    fruit.flatMap((name) =>
      ids.includes(idOf(name)) && name !== "ripen" ? [{ kind: "delete", file: `src/${name}.ts` } as const] : [],
    );
  const { commits } = await make(at.orchard, {}, { merge: all });
  expect(commits.map(({ candidates }) => candidates)).toEqual([[idOf("ripen"), idOf("peel")], [idOf("stone")]]);
});

test("each commit can be taken back alone, and what was changed since is in the way", async () => {
  await using at = await transplant();
  const { mirror } = at.orchard;
  const { commits } = await make(at.orchard, {});
  const head = commits.at(-1)?.commit ?? "";
  for (const [index, { commit }] of commits.entries()) {
    const reverted = await revertOnto(mirror, { commit, onto: head }, signal);
    if (reverted.kind !== "tree") throw new Error("it is in the way of nothing");
    expect(git(mirror, "diff", "--name-status", head, reverted.tree)).toBe(`A\tsrc/${fruit[index] ?? ""}.ts`);
  }
  const other = await writeTree(mirror, head, [{ kind: "write", file: "src/peel.ts", text: "other\n" }]);
  const changed = git(mirror, "-c", "user.name=A", "commit-tree", other, "-p", head, "-m", "Other");
  expect(await revertOnto(mirror, { commit: commits[1]?.commit ?? "", onto: changed }, signal)).toEqual({
    kind: "conflict",
    files: ["src/peel.ts"],
  });
});

test.each(["token", "token that must sign", "app"] as const)(
  "a pull request has a commit for each, by %s",
  async (kind) => {
    await using at = await plantOnGitHub(nursery, kind === "app" ? "app" : "token");
    const rules = { requiredChecks: [], reviews: 0, mergeQueue: false, signatures: kind !== "token" };
    at.repository.protection.set("main", rules);
    const basket = await basketOf(at.orchard);
    const trees = [{ tree: basket.batch.tree, candidates: fruit.map(idOf), runs: [], survived: true }];
    const { verification } = basket.request;
    const change = { candidates: basket.candidates, batches: [basket.batch], verification: { ...verification, trees } };
    expect(await at.run(fruit, change)).toMatchObject([{ kind: "opened" }]);
    const { bare, signed, issues } = at.repository;
    const head = issues[0]?.pull?.head ?? "";
    const commits = git(bare, "rev-list", `main..${head}`).split("\n");
    expect(commits).toHaveLength(3);
    expect(git(bare, "rev-parse", `${head}^{tree}`)).toBe(basket.batch.tree);
    expect(commits.map((commit) => signed.has(commit))).toEqual(commits.map(() => kind !== "token"));
    const body = issues[0]?.body ?? "";
    expect(body).toContain("Each is a commit of its own and can be brought back alone.");
    expect(decodeMetadata(body)?.head).toBe(head);
    expect(await at.run(fruit, change)).toMatchObject([{ kind: "opened" }]);
    expect(issues).toHaveLength(1);
    expect(git(bare, "for-each-ref", "--format=%(refname)", "refs/heads/nightsweep-made")).toBe("");
  },
);
