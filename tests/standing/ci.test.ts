import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resolveRef, tryGit } from "../github/bare-git.ts";
import { fileOf, plantGarden, type Bed } from "./garden.ts";

type Garden = Awaited<ReturnType<typeof plantGarden>>;
const bed = (name: string, dead = 1): Bed => ({ name, dead });

/** What the tests on GitHub need, which nothing here can know; `says`: they name what they miss. */
const needed = [
  { bed: "banana", weed: "bananaWeed1", says: true },
  { bed: "cherry", weed: "cherryWeed2", says: false },
  { bed: "elder", weed: "elderWeed0", says: false },
] as const;
const few = [bed("apple"), bed("banana", 2), bed("cherry", 4), bed("elder", 3), bed("fig")];
/** Nothing merges itself among the first ten. */
const more = ["kale", "kiwi", "leek", "lime", "mint", "okra"].map((name) => bed(name));

/** The repository's CI: its test needs services, so it runs on GitHub only; on the branch of fig it never starts. */
async function runTests({ github, repository }: Garden, branch: string, commit: string): Promise<void> {
  const read = async (file: string) => (await tryGit(repository.bare, ["show", `${commit}:${file}`])).stdout;
  if (branch.includes("/fig-")) return;
  const gone = [];
  for (const one of needed) if (!(await read(fileOf(one.bed))).includes(one.weed)) gone.push(one);
  await github.setChecks(repository, commit, gone.length === 0 ? "green" : "red");
  const check = repository.checks.findLast(({ head }) => head === commit);
  const told = gone.filter(({ says }) => says);
  if (check !== undefined)
    check.annotations = told.map(({ weed }) => ({
      path: "test/shop.test.js",
      line: 3,
      message: `ReferenceError: ${weed} is not defined`,
    }));
}

describe("where the tests run on GitHub", () => {
  let garden: Garden;
  const nights: Awaited<ReturnType<Garden["night"]>>[] = [];
  const seen = (name: string) => {
    const all = garden.pulls().filter(({ body }) => body.includes(fileOf(name)));
    return all.map(({ number, state, pull }) => [
      state === "closed" ? state : pull.draft ? "draft" : "ready",
      nights.map(({ results }) => results.get(number)?.result ?? "-").join(" "),
    ]);
  };

  beforeAll(async () => {
    garden = await plantGarden([...few, ...more, bed("zucchini")], {
      repository: { verify: "ci", checks: { typecheck: false, build: false } },
    });
    const { repository } = garden;
    await garden.command("policy", "promote", "garden", "by-itself", "--to", "automerge", "--why", "all were merged");
    const main = (await resolveRef(repository.bare, "main")) ?? "";
    await garden.github.setChecks(repository, main, "green");
    repository.protection.set("main", { requiredChecks: ["ci"], reviews: 1, mergeQueue: false, signatures: false });
    repository.onPush = ({ branch, commit }) =>
      branch.startsWith("nightsweep/") ? runTests(garden, branch, commit) : undefined;
    for (const day of ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"]) nights.push(await garden.night(day));
  }, 600_000);
  afterAll(() => garden[Symbol.asyncDispose]());

  test("drafts are opened although no check ran here", () => {
    const stages = nights[0]?.result.stages;
    expect(stages?.checkout).toMatchObject({ checks: [], forgeTests: { checks: [] } });
    expect(stages?.publish?.outcomes.map(({ kind }) => kind)).toEqual([...few, ...more, 0].map(() => "opened"));
    expect(garden.pullOf(1).body).toContain(
      "so the checks of this pull request are the test run. It stays a draft until that is green",
    );
  });

  test.each<readonly [what: string, name: string, ends: readonly (readonly string[])[]]>([
    ["green: shown to people the night after", "apple", [["ready", "- marked-ready awaiting-review awaiting-review"]]],
    ["red with a name: goes on without it", "banana", [["ready", "- culprit-dropped marked-ready awaiting-review"]]],
    [
      "red without a name: halved, and the other half is asked about by itself",
      "cherry",
      [
        ["ready", "- halved marked-ready awaiting-review"],
        ["draft", "- - - halved"],
      ],
    ],
    [
      "red twice: closed after two rounds",
      "elder",
      [
        ["closed", "- halved ci-failed ci-failed"],
        ["ready", "- - - marked-ready"],
      ],
    ],
    ["no test has run: it stays a draft", "fig", [["draft", "- awaiting-ci awaiting-ci awaiting-ci"]]],
    [
      "allowed by policy, protection and green tests: merges itself",
      "zucchini",
      [["closed", "- automerge-armed automerge-armed merged"]],
    ],
  ])("%s", (_what, name, ends) => {
    expect(seen(name)).toEqual(ends);
  });

  test("what merges itself is armed at GitHub, and nothing else is", () => {
    const armed = garden.pulls().filter(({ pull }) => pull.autoMerge !== null);
    expect(armed.map(({ body }) => body.includes(fileOf("zucchini")))).toEqual([true]);
  });
});
