import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LifecycleResult } from "../../src/core/lifecycle.ts";
import { fileOf, plantGarden, textOf, type Bed } from "./garden.ts";

type Garden = Awaited<ReturnType<typeof plantGarden>>;

/** What happens to the pull request of one bed between two nights, and what the third night then does about it. */
type Fate = {
  readonly bed: Bed;
  readonly happens: (garden: Garden, number: number) => unknown;
  readonly result: LifecycleResult;
  readonly done: readonly string[];
};

const closing = (result: LifecycleResult) => [
  `label nightsweep:${result}`,
  "comment: closing",
  "close",
  "delete its branch",
];
const red = async ({ github, repository, pulls }: Garden, number: number, summary = "") => {
  await github.setChecks(repository, number, "red");
  const head = pulls().find((one) => one.number === number)?.pull.head;
  for (const check of repository.checks) if (check.head === head) check.summary = summary;
};
const ana = ({ github, repository }: Garden) => github.person(repository, "ana");
const branchOf = ({ pulls }: Garden, number: number) => pulls().find((one) => one.number === number)?.pull.branch ?? "";
const bed = (name: string, dead = 1): Bed => ({ name, dead });

const fates: readonly Fate[] = [
  {
    bed: bed("apple"),
    happens: ({ github, repository }, number) => github.setChecks(repository, number, "green"),
    result: "marked-ready",
    done: ["mark ready", "request a review", "label nightsweep:ready"],
  },
  {
    bed: bed("apricot"),
    happens: ({ github, repository }, number) => github.setChecks(repository, number, "pending"),
    result: "awaiting-ci",
    done: [],
  },
  {
    bed: bed("banana", 2),
    happens: (garden, number) => red(garden, number, "ReferenceError: bananaWeed1 is not defined"),
    result: "culprit-dropped",
    done: ["remember culprit: 1 candidate", "make anew with 1 candidate, round 2"],
  },
  {
    bed: bed("cherry", 3),
    happens: (garden, number) => red(garden, number),
    result: "halved",
    done: ["make anew with 2 candidates, round 2"],
  },
  {
    bed: bed("citron"),
    happens: (garden, number) => red(garden, number),
    result: "ci-failed",
    done: ["remember culprit: 1 candidate", ...closing("ci-failed")],
  },
  {
    bed: bed("damson"),
    happens: (garden, number) => {
      ana(garden).close(number);
    },
    result: "closed-by-person",
    done: ["remember kept: 1 candidate"],
  },
  {
    bed: bed("elder"),
    happens: (garden, number) => ana(garden).push(branchOf(garden, number), { "elder/mine.js": "export {};\n" }),
    result: "hands-off",
    done: ["label nightsweep:hands-off"],
  },
  {
    bed: bed("fig"),
    happens: (garden, number) => ana(garden).amend(branchOf(garden, number), { "fig/mine.js": "export {};\n" }),
    result: "hands-off",
    done: ["label nightsweep:hands-off"],
  },
  {
    bed: bed("grape"),
    happens: (garden, number) => {
      ana(garden).edit(number, { body: "I tidied this description." });
    },
    result: "hands-off",
    done: ["label nightsweep:hands-off"],
  },
  {
    bed: bed("lemon"),
    happens: (garden) => {
      const text = textOf(bed("lemon")).replace("}\n\nexport", "}\n// Lemons come last.\n\nexport");
      return ana(garden).push("main", { [fileOf("lemon")]: text });
    },
    result: "rebased",
    done: ["make anew with 1 candidate, round 1"],
  },
  {
    bed: bed("lime"),
    happens: (garden, number) => ana(garden).merge(number, "squash"),
    result: "merged",
    done: [],
  },
  {
    bed: bed("mango"),
    happens: async (garden, number) => {
      await ana(garden).merge(number);
      await ana(garden).revert(number);
    },
    result: "reverted",
    done: ["remember muted (default): 1 candidate"],
  },
  {
    bed: bed("medlar"),
    happens: (garden, number) => {
      ana(garden).label(number, "nightsweep:keep");
    },
    result: "kept-by-label",
    done: ["remember kept: 1 candidate", ...closing("kept-by-label")],
  },
  {
    bed: bed("melon"),
    happens: (garden, number) => ana(garden).comment(number, "Sold by its name.\n/nightsweep keep the shop loads it"),
    result: "kept-by-comment",
    done: [
      "remember kept: 1 candidate",
      "comment: answer-*-0",
      ...closing("kept-by-comment").filter((action) => !action.startsWith("comment")),
    ],
  },
  {
    bed: bed("olive"),
    happens: (garden, number) => ana(garden).comment(number, "/nightsweep snooze 30d"),
    result: "snoozed",
    done: [
      "remember snoozed until 2026-12-25: 1 candidate",
      "comment: answer-*-0",
      ...closing("snoozed").filter((action) => !action.startsWith("comment")),
    ],
  },
  {
    bed: bed("orange"),
    happens: (garden, number) => ana(garden).comment(number, "/nightsweep why orangeWeed0"),
    result: "awaiting-ci",
    done: ["comment: answer-*-0"],
  },
  {
    bed: bed("peach"),
    happens: ({ github, repository }, number) =>
      github.person(repository, "stranger").comment(number, "/nightsweep keep it is mine"),
    result: "awaiting-ci",
    done: [],
  },
  {
    bed: bed("pear"),
    happens: (garden, number) => ana(garden).comment(number, "/nightsweep retry"),
    result: "retried",
    done: ["make anew with 1 candidate, round 1", "comment: answer-*-0"],
  },
  {
    bed: bed("plum"),
    happens: (garden) => ana(garden).push("main", { [fileOf("plum")]: textOf(bed("plum", 0)) }),
    result: "fixed-by-others",
    done: closing("fixed-by-others"),
  },
  {
    bed: bed("quince"),
    happens: ({ pulls }, number) => {
      const pull = pulls().find((one) => one.number === number)?.pull;
      if (pull !== undefined) pull.queued = true;
    },
    result: "in-merge-queue",
    done: [],
  },
];

describe("three nights", () => {
  let garden: Garden;
  let first: Awaited<ReturnType<Garden["night"]>>;
  let third: typeof first;
  let afterFirst: unknown;
  let afterSecond: unknown;
  const numbers = new Map<string, number>();

  beforeAll(async () => {
    garden = await plantGarden(fates.map((fate) => fate.bed));
    garden.repository.onPush = async ({ branch, commit }) => {
      if (branch.startsWith("nightsweep/")) await garden.github.setChecks(garden.repository, commit, "pending");
    };
    first = await garden.night("2026-11-23");
    afterFirst = garden.pulls().map(({ number, state, labels }) => ({ number, state, labels }));
    for (const { bed: one } of fates) numbers.set(one.name, garden.numberOf(one.name));
    await garden.night("2026-11-24");
    afterSecond = garden.pulls().map(({ number, state, labels }) => ({ number, state, labels }));
    for (const { bed: one, happens } of fates) await happens(garden, numbers.get(one.name) ?? 0);
    third = await garden.night("2026-11-25");
  }, 400_000);
  afterAll(() => garden[Symbol.asyncDispose]());

  test("the first opens a draft for each bed", () => {
    expect(first.stdout).toContain(`${fates.length} pull requests opened`);
    expect(new Set(numbers.values()).size).toBe(fates.length);
  });

  test("the second opens nothing, and changes nothing", () => {
    expect(afterSecond).toEqual(afterFirst);
  });

  test.each(fates.map((fate) => [fate.bed.name, fate] as const))("the third does what is said: %s", (name, fate) => {
    const found = third.results.get(numbers.get(name) ?? 0);
    const done = found?.done.map((action) => action.replace(/answer-\d+/, "answer-*"));
    expect({ result: found?.result, done }).toEqual({ result: fate.result, done: fate.done });
  });
});
