import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { decodeMetadata } from "../../src/core/metadata.ts";
import { createLocalForge } from "../../src/publish/local-forge.ts";
import { publish } from "../../src/publish/publish.ts";
import { createRecordingForge } from "../../src/publish/recording-forge.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";
import { night } from "../report/orchard-night.ts";
import { branchOfFruit, fruit, git, idOf, nextNight, createNursery, requestFor } from "./orchard-repository.ts";

const nursery = await createNursery();
afterAll(() => nursery[Symbol.asyncDispose]());

async function setUp() {
  const folder = await temporaryFolder();
  const orchard = await nursery.transplant(folder.path);
  const directory = join(folder.path, "state", "forge");
  const forge = createLocalForge({ directory, shownAs: "state/forge", repo: "orchard" });
  const source = { record: orchard.record, mirror: orchard.mirror };
  const list = () => forge.list(source, new AbortController().signal);
  const bare = join(directory, "orchard.git");
  const page = (name: (typeof fruit)[number], extension = "md") =>
    join(directory, "orchard", `${branchOfFruit(name).replaceAll("/", "~")}.${extension}`);
  return { ...orchard, orchard, forge, list, bare, page, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

const opened = (name: (typeof fruit)[number]) => ({
  kind: "opened",
  branch: branchOfFruit(name),
  url: `state/forge/orchard/nightsweep~unused-export~src-${name}.md`,
  candidates: [idOf(name)],
});

test("opens a branch with exactly the checked tree, a patch that git am takes, and a description", async () => {
  await using at = await setUp();
  const publication = await publish(requestFor(at.orchard, at.forge, ["ripen", "peel"]));
  expect(publication).toEqual({ forge: "local", outcomes: [opened("ripen"), opened("peel")] });

  const head = git(at.bare, "rev-parse", branchOfFruit("ripen"));
  const shown = git(at.bare, "show", "--no-patch", "--format=%T %P %an %ae %aI", head);
  expect(shown).toBe(
    `${at.batches.ripen.tree} ${at.record.base.commit} nightsweep nightsweep@users.noreply.github.com 2026-11-23T00:00:00+00:00`,
  );
  git(at.work, "am", "--quiet", at.page("ripen", "patch"));
  expect(git(at.work, "rev-parse", "HEAD^{tree}")).toBe(at.batches.ripen.tree);

  const text = await readFile(at.page("ripen"), "utf8");
  expect(text).toContain("# Remove unused export ripen in src");
  expect(text).toContain(`git pull state/forge/orchard.git ${branchOfFruit("ripen")}`);
  expect(decodeMetadata(text)).toEqual({
    night,
    branch: branchOfFruit("ripen"),
    head,
    base: at.record.base.commit,
    fingerprint: "ripen",
    candidates: [idOf("ripen")],
    assurance: "tested",
    rules: ["old"],
  });
  expect(await at.list()).toMatchObject([
    { branch: branchOfFruit("ripen"), number: 1, state: "open", head, night, candidates: [idOf("ripen")] },
    { branch: branchOfFruit("peel"), number: 2, state: "open" },
  ]);
});

test("a second run changes nothing, in the same night and the next", async () => {
  await using at = await setUp();
  await publish(requestFor(at.orchard, at.forge, ["ripen"]));
  const before = [git(at.bare, "for-each-ref"), await readFile(at.page("ripen"), "utf8")];
  for (const [change, kind] of [
    [{}, "opened"],
    [{ night: nextNight }, "already-open"],
  ] as const) {
    const again = await publish(requestFor(at.orchard, at.forge, ["ripen"], change));
    expect(again.outcomes).toEqual([{ ...opened("ripen"), kind }]);
  }
  expect([git(at.bare, "for-each-ref"), await readFile(at.page("ripen"), "utf8")]).toEqual(before);
});

test.each([["md"], ["patch"]])("what a kill left out is made up for: the %s", async (missing) => {
  await using at = await setUp();
  await publish(requestFor(at.orchard, at.forge, ["ripen"]));
  const whole = [await readFile(at.page("ripen"), "utf8"), await readFile(at.page("ripen", "patch"), "utf8")];
  // The description is written last, so it is missing whenever anything is.
  await rm(at.page("ripen"));
  await rm(at.page("ripen", missing), { force: true });
  const { outcomes } = await publish(requestFor(at.orchard, at.forge, ["ripen"]));
  expect(outcomes).toEqual([opened("ripen")]);
  expect([await readFile(at.page("ripen"), "utf8"), await readFile(at.page("ripen", "patch"), "utf8")]).toEqual(whole);
});

test("a deleted branch is a no, also in another batch, and a merge is seen", async () => {
  await using at = await setUp();
  await publish(requestFor(at.orchard, at.forge, fruit));
  git(at.bare, "branch", "-D", branchOfFruit("peel"));
  git(at.work, "pull", "--quiet", "--no-rebase", at.bare, branchOfFruit("stone"));
  git(at.work, "push", "--quiet", at.mirror, "main");
  expect((await at.list()).map(({ state }) => state)).toEqual(["open", "closed", "merged"]);

  const both = { ...at.batches.ripen, fingerprint: "both", candidates: [idOf("ripen"), idOf("peel")] };
  const batches = [at.batches.peel, at.batches.stone, both];
  const { outcomes } = await publish(requestFor(at.orchard, at.forge, fruit, { batches, night: nextNight }));
  expect(outcomes.map(({ kind }) => kind)).toEqual([
    "closed-before",
    "closed-before",
    "closed-before",
    // The first one still waits.
    "already-open",
  ]);
  expect(outcomes[2]).toMatchObject({ because: expect.stringContaining("closed without a merge") as string });
});

test("a branch with a commit of a person is theirs", async () => {
  await using at = await setUp();
  await publish(requestFor(at.orchard, at.forge, ["ripen"]));
  git(at.work, "switch", "--quiet", "--create", "mine");
  git(at.work, "commit", "--quiet", "--allow-empty", "--message=Mine");
  git(at.work, "push", "--quiet", at.bare, `mine:${branchOfFruit("peel")}`);
  const theirs = git(at.bare, "rev-parse", branchOfFruit("peel"));
  const { outcomes } = await publish(requestFor(at.orchard, at.forge, ["peel"]));
  expect(outcomes).toMatchObject([{ kind: "branch-taken", candidates: [idOf("peel")] }]);
  expect(git(at.bare, "rev-parse", branchOfFruit("peel"))).toBe(theirs);
});

test("limits count what is open and what this night opened, also after a restart", async () => {
  await using at = await setUp();
  const night1 = { limits: { pullRequestsPerNight: 1, openPullRequests: 5 } };
  const kinds = async (change: Parameters<typeof requestFor>[3]) =>
    (await publish(requestFor(at.orchard, at.forge, fruit, change))).outcomes.map(({ kind }) => kind);
  expect(await kinds(night1)).toEqual(["opened", "over-limit", "over-limit"]);
  expect(await kinds(night1)).toEqual(["opened", "over-limit", "over-limit"]);
  const night2 = { night: nextNight, limits: { pullRequestsPerNight: 3, openPullRequests: 2 } };
  expect(await kinds(night2)).toEqual(["already-open", "opened", "over-limit"]);
});

test("a dry run says what it would open and writes nothing", async () => {
  await using at = await setUp();
  const dry = createRecordingForge(at.forge);
  const { forge, outcomes } = await publish(requestFor(at.orchard, dry, ["ripen"]));
  expect({ forge, outcomes }).toEqual({
    forge: "local (dry run)",
    outcomes: [{ kind: "would-open", branch: branchOfFruit("ripen"), candidates: [idOf("ripen")] }],
  });
  expect(dry.drafts.map(({ labels }) => labels)).toEqual([["nightsweep", "nightsweep:unused-export"]]);
  await expect(readdir(at.bare)).rejects.toThrow("ENOENT");
});

test("a page that a person edited is still known by its branch", async () => {
  await using at = await setUp();
  await publish(requestFor(at.orchard, at.forge, ["ripen"]));
  await writeFile(at.page("ripen"), "I took it all out.\n");
  expect(await at.list()).toMatchObject([
    { branch: branchOfFruit("ripen"), state: "open", candidates: [], night: null },
  ]);
});

test("nothing is published that was not checked or not allowed", async () => {
  await using at = await setUp();
  const request = requestFor(at.orchard, at.forge, ["ripen"]);
  const unchecked = { ...request, verification: { ...request.verification, trees: [] } };
  await expect(publish(unchecked)).rejects.toThrow("did not survive verification");
  const reportOnly = {
    ...request,
    decisions: request.decisions.map((decision) => ({ ...decision, action: "report" as const })),
  };
  await expect(publish(reportOnly)).rejects.toThrow("no policy proposes");
  await expect(publish({ ...request, signal: AbortSignal.abort() })).rejects.toThrow();
  expect(await at.list()).toEqual([]);
});
