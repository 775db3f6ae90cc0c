import { expect, test } from "vitest";
import { candidateId } from "../../src/core/names.ts";
import { renderNight } from "../../src/report/night.ts";
import { renderRepo } from "../../src/report/repo.ts";
import { trustLines } from "../../src/report/trust.ts";
import { night, orchardNight, sweptRepo } from "./orchard-night.ts";

const decide = {
  ...sweptRepo.stages.decide,
  resurrected: [
    {
      id: candidateId("unused-export:peel:0"),
      url: "https://forge/3",
      rule: "dead",
      found: { file: "src/fruit.ts", name: "peel" },
      because: "peel is declared again in src/fruit.ts",
    },
  ],
  trust: {
    demotions: [{ rule: "dead", from: "automerge", to: "propose", because: "2 were taken back" }],
    suggestions: [
      { rule: "imports", from: "propose", to: "automerge", because: "of the last 10 that ended 10 were merged" },
    ],
    throttled: "of the last 10 that ended 3 were merged",
  },
} as const;
const repo = { ...sweptRepo, stages: { ...sweptRepo.stages, decide } };

const lines = [
  "**Taken back:** peel is declared again in src/fruit.ts (it went in https://forge/3).",
  "**Demoted:** the rule `dead` may only propose from now on, no longer automerge: 2 were taken back.",
  '**Earned:** the rule `imports` may automerge if somebody confirms it: of the last 10 that ended 10 were merged. `nightsweep policy promote fruit-orchard imports --to automerge --why "of the last 10 that ended 10 were merged"`',
  "**Slowed down:** at most one pull request is open at a time, since of the last 10 that ended 3 were merged.",
];

test("what came back, what rules lost and earned, and that the daemon slows down is said", () => {
  expect(trustLines(repo)).toEqual(lines);
  for (const line of lines) expect(renderRepo(repo, night)).toContain(line);
  for (const line of lines) expect(renderNight({ ...orchardNight, repos: [repo] })).toContain(line);
});

test("a repository without a record says nothing of it", () => {
  expect(trustLines(sweptRepo)).toEqual([]);
  expect(renderNight(orchardNight)).not.toContain("## Trust");
});
