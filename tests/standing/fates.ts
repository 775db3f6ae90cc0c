import { decodeMetadata, encodeMetadata } from "../../src/core/metadata.ts";
import type { LifecycleResult } from "../../src/core/lifecycle.ts";
import { bareGit } from "../github/bare-git.ts";
import { fileOf, needsOf, textOf, type Bed, type plantGarden } from "./garden.ts";

export type Garden = Awaited<ReturnType<typeof plantGarden>>;

/** What happens to the pull request of one bed, and what the third night then does about it. */
export type Fate = {
  readonly bed: Bed;
  /** Between the first night and the second. */
  readonly before?: (garden: Garden, number: number) => unknown;
  /** Between the second night and the third. */
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
const silently = (result: LifecycleResult) => closing(result).filter((action) => !action.startsWith("comment"));
const checks =
  (result: "green" | "red" | "pending") =>
  ({ github, repository }: Garden, number: number) =>
    github.setChecks(repository, number, result);
const red = async (garden: Garden, number: number, message = "") => {
  await checks("red")(garden, number);
  const { head } = garden.pullOf(number).pull;
  const annotations = message === "" ? [] : [{ path: "test/shop.test.js", line: 3, message }];
  for (const check of garden.repository.checks) if (check.head === head) check.annotations = annotations;
};
const ana = ({ github, repository }: Garden) => github.person(repository, "ana");
const branchOf = (garden: Garden, number: number) => garden.pullOf(number).pull.branch;
const bed = (name: string, dead = 1): Bed => ({ name, dead });
const nothing = () => undefined;

/** A pull request of our own with the same candidates, as a night leaves it that could not read the first one. */
async function openTwin(garden: Garden, number: number): Promise<void> {
  const { github, repository } = garden;
  const sweeper = github.person(repository, "sweeper");
  const branch = "nightsweep/unused-export/twin-00000000";
  const head = await sweeper.push(branch, { "twin.txt": "twin\n" });
  const metadata = decodeMetadata(garden.pullOf(number).body);
  if (metadata === null) throw new Error("the first one has no metadata");
  const body = encodeMetadata({ ...metadata, branch, head });
  await sweeper.openPull({ branch, title: "Remove it once more", body });
}

/** In the order in which things happen; of each of the named results there is at least one. */
export const fates: readonly Fate[] = [
  {
    bed: bed("apple"),
    happens: checks("green"),
    result: "marked-ready",
    done: ["mark ready", "request a review", "label nightsweep:ready"],
  },
  { bed: bed("apricot"), happens: nothing, result: "awaiting-ci", done: [] },
  { bed: bed("aubergine"), before: checks("green"), happens: nothing, result: "awaiting-review", done: [] },
  {
    bed: bed("banana", 2),
    happens: (garden, number) => red(garden, number, "ReferenceError: bananaWeed1 is not defined"),
    result: "culprit-dropped",
    done: ["remember culprit: 1 candidate", "make anew with 1 candidate, round 2"],
  },
  {
    bed: bed("basil"),
    before: checks("green"),
    happens: (garden, number) => {
      ana(garden).review(number, "CHANGES_REQUESTED");
    },
    result: "in-conversation",
    done: [],
  },
  {
    bed: bed("beet"),
    before: checks("green"),
    happens: (garden, number) => {
      garden.age(number, 8);
    },
    result: "reminded",
    done: ["comment: reminder"],
  },
  {
    bed: bed("celery"),
    happens: (garden, number) => {
      garden.age(number, 15);
    },
    result: "expired",
    done: ["remember rested until 2027-02-23: 1 candidate", ...closing("expired")],
  },
  { bed: bed("cherry", 3), happens: red, result: "halved", done: ["make anew with 2 candidates, round 2"] },
  {
    bed: bed("citron"),
    happens: red,
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
    bed: bed("leek", 2),
    happens: nothing,
    result: "reduced",
    done: ["make anew with 1 candidate, round 1"],
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
  { bed: bed("lentil"), happens: nothing, result: "withdrawn", done: closing("withdrawn") },
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
    bed: bed("marrow"),
    happens: async (garden, number) => {
      await ana(garden).merge(number);
      await ana(garden).push("main", { [fileOf("marrow")]: textOf(bed("marrow")) });
    },
    result: "reappeared",
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
    done: ["remember kept: 1 candidate", "comment: answer-*-0", ...silently("kept-by-comment")],
  },
  {
    bed: bed("olive"),
    happens: (garden, number) => ana(garden).comment(number, "/nightsweep snooze 30d"),
    result: "snoozed",
    done: ["remember snoozed until 2026-12-25: 1 candidate", "comment: answer-*-0", ...silently("snoozed")],
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
    happens: (garden, number) => {
      garden.pullOf(number).pull.queued = true;
    },
    result: "in-merge-queue",
    done: [],
  },
  {
    bed: bed("rhubarb"),
    happens: async (garden, number) => {
      await ana(garden).push("main", needsOf(["rhubarb", 0]));
      ana(garden).comment(number, "/nightsweep retry");
    },
    result: "unsafe",
    done: ["remember culprit: 1 candidate", ...closing("unsafe"), "comment: answer-*-0"],
  },
  {
    bed: bed("radish"),
    happens: async (garden, number) => {
      await checks("green")(garden, number);
      const { statuses, bare } = garden.repository;
      const heads = [await bareGit(bare, ["rev-parse", "main"]), garden.pullOf(number).pull.head];
      statuses.push(...heads.map((head) => ({ head, context: "lint", state: "failure" }) as const));
    },
    result: "red-before",
    done: [],
  },
  {
    bed: bed("tomato"),
    // She asks while the checks run, when it is too late for this night.
    happens: ({ github, ...garden }, number) => {
      const act = () => {
        ana({ github, ...garden }).comment(number, "/nightsweep retry");
      };
      github.fault({ on: "graphql/viewer", spare: 1, kind: "before", act });
    },
    result: "remake-waits",
    done: [],
  },
];

/** The twin of one of them, which is opened in the end. */
export const twin = { of: "apricot", open: openTwin, result: "superseded", done: closing("superseded") } as const;

/** The repository's own policy, with which the third night finds what leek and lentil are to keep. */
export const ownPolicy = { ".github/nightsweep.yml": "version: 1\nprotect: { symbols: [leekWeed1, lentilWeed0] }\n" };
