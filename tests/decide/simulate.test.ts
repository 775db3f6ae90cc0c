import { expect, test } from "vitest";
import { narrow, narrowerLayer } from "../../src/core/policy-layers.ts";
import { policySchema, repositoryPolicySchema } from "../../src/core/policy-schema.ts";
import { decide } from "../../src/decide/decide.ts";
import { renderSimulation, simulate, type RecordedRun } from "../../src/decide/simulate.ts";
import { reckonWorkload } from "../../src/decide/simulate-limits.ts";
import { makeCandidate } from "../candidates.ts";

const policyOf = (minAgeDays: number) =>
  policySchema.parse({ version: 1, name: "orchard", rules: [{ id: "old", match: { minAgeDays }, action: "propose" }] });

function runOf(
  night: string,
  ages: Readonly<Record<string, number>>,
  change: Partial<RecordedRun> = {},
): Omit<RecordedRun, "policy"> {
  const candidates = Object.entries(ages).map(([name, ageDays]) => makeCandidate(name, { ageDays }));
  const decisions = decide(candidates, policyOf(100), []);
  return { night, repo: "orchard", candidates, alarms: [], decisions, culprits: [], ...change };
}

const under = (runs: readonly Omit<RecordedRun, "policy">[], policy: RecordedRun["policy"]) =>
  runs.map((run) => ({ ...run, policy }));

test("nights are decided over again, and what became of the difference is said", () => {
  const kept = { action: "report", rule: "kept", because: "@ada keeps it" } as const;
  const second = runOf("2026-11-24", { fig: 51, pear: 201, plum: 60, date: 60 });
  const runs = [
    runOf("2026-11-23", { fig: 50, pear: 200, quince: 20 }),
    { ...second, decisions: second.decisions.map((one) => (one.id.includes("date") ? { ...one, ...kept } : one)) },
  ];
  const simulation = simulate(under(runs, policyOf(55)), (_repo, id) => (id.includes("plum") ? "closed" : null));
  expect(renderSimulation(simulation)).toEqual([
    "5 candidates of 2 nights: 1 were proposed, 2 would have been: +1 -0",
    "within its limits about 2 pull requests of 2 candidates, and 0 would still wait",
    "of the +1: 1 later closed by people",
    "+ orchard unused-export src/fruit.ts#plum: report (default) -> propose (old, closed)",
  ]);
  expect(renderSimulation(simulate(under(runs, policyOf(300)), () => "merged"))).toEqual([
    "5 candidates of 2 nights: 1 were proposed, 0 would have been: +0 -1",
    "within its limits about 0 pull requests of 0 candidates, and 0 would still wait",
    "of the -1: 1 later merged",
    "- orchard unused-export src/fruit.ts#pear: propose (old) -> report (default, merged)",
  ]);
});

test("an alarm of the night, a culprit and an answer hold under any policy", () => {
  const alarmed = runOf("2026-11-23", { fig: 50 }, { alarms: [{ kind: "no-checks", text: "nothing can be proven" }] });
  expect(simulate(under([alarmed], policyOf(0)), () => null)).toMatchObject({ added: [], dropped: [] });
  const culprit = runOf("2026-11-23", { fig: 50 }, { culprits: [makeCandidate("fig").id] });
  expect(simulate(under([culprit], policyOf(0)), () => null)).toMatchObject({ added: [], dropped: [] });
});

test("each repository is under what narrows it there", () => {
  const own = narrowerLayer("repository", repositoryPolicySchema.parse({ version: 1, ceiling: "report" }), {});
  const runs = [
    { ...runOf("2026-11-23", { fig: 50 }), policy: policyOf(0) },
    { ...runOf("2026-11-23", { fig: 50 }, { repo: "shy" }), policy: narrow(policyOf(0), [own]) },
  ];
  expect(simulate(runs, () => null).added.map(({ repo }) => repo)).toEqual(["orchard"]);
});

test.each([
  ["so many candidates a pull request", { symbolsPerPullRequest: 2 }, [["a", "b", "c"]], [2, 3, 0]],
  [
    "so many pull requests a night",
    { symbolsPerPullRequest: 1, pullRequestsPerNight: 2 },
    [["a", "b", "c"]],
    [2, 2, 1],
  ],
  [
    "the next night opens the rest",
    { symbolsPerPullRequest: 1, pullRequestsPerNight: 2 },
    [
      ["a", "b", "c"],
      ["a", "b", "c"],
    ],
    [3, 3, 0],
  ],
  ["what is gone does not wait", { pullRequestsPerNight: 0 }, [["a", "b"], ["b"]], [0, 0, 1]],
  ["none a night", { pullRequestsPerNight: 0 }, [["a"]], [0, 0, 1]],
])("%s", (_, limits, nights, expected) => {
  const policy = policySchema.parse({ version: 1, name: "orchard", limits });
  const wanted = nights.map((names) => ({
    repo: "orchard",
    wanted: names.map((name) => makeCandidate(name)),
    limits: policy.limits,
  }));
  const { pullRequests, opened, waiting } = reckonWorkload(wanted);
  expect([pullRequests, opened, waiting]).toEqual(expected);
});
