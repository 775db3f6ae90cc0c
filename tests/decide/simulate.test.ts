import { expect, test } from "vitest";
import { policySchema } from "../../src/core/policy-schema.ts";
import { decide } from "../../src/decide/decide.ts";
import { renderSimulation, simulate, type RecordedRun } from "../../src/decide/simulate.ts";
import { makeCandidate } from "../candidates.ts";

const policyOf = (minAgeDays: number) =>
  policySchema.parse({ version: 1, name: "orchard", rules: [{ id: "old", match: { minAgeDays }, action: "propose" }] });

function runOf(night: string, ages: Readonly<Record<string, number>>, change: Partial<RecordedRun> = {}): RecordedRun {
  const candidates = Object.entries(ages).map(([name, ageDays]) => makeCandidate(name, { ageDays }));
  const decisions = decide(candidates, policyOf(100), []);
  return { night, repo: "orchard", candidates, alarms: [], decisions, culprits: [], ...change };
}

test("nights are decided over again, and what became of the difference is said", () => {
  const kept = { action: "report", rule: "kept", because: "@ada keeps it" } as const;
  const second = runOf("2026-11-24", { fig: 51, pear: 201, plum: 60, date: 60 });
  const runs = [
    runOf("2026-11-23", { fig: 50, pear: 200, quince: 20 }),
    { ...second, decisions: second.decisions.map((one) => (one.id.includes("date") ? { ...one, ...kept } : one)) },
  ];
  const simulation = simulate(runs, policyOf(55), (_repo, id) => (id.includes("plum") ? "closed" : null));
  expect(renderSimulation(simulation)).toEqual([
    "5 candidates of 2 nights: 1 were proposed, 2 would have been: +1 -0",
    "of the +1: 1 later closed by people",
    "+ orchard unused-export src/fruit.ts#plum: report (default) -> propose (old, closed)",
  ]);
  expect(renderSimulation(simulate(runs, policyOf(300), () => "merged"))).toEqual([
    "5 candidates of 2 nights: 1 were proposed, 0 would have been: +0 -1",
    "of the -1: 1 later merged",
    "- orchard unused-export src/fruit.ts#pear: propose (old) -> report (default, merged)",
  ]);
});

test("an alarm of the night, a culprit and an answer hold under any policy", () => {
  const alarmed = runOf("2026-11-23", { fig: 50 }, { alarms: [{ kind: "no-checks", text: "nothing can be proven" }] });
  expect(simulate([alarmed], policyOf(0), () => null)).toMatchObject({ added: [], dropped: [] });
  const culprit = runOf("2026-11-23", { fig: 50 }, { culprits: [makeCandidate("fig").id] });
  expect(simulate([culprit], policyOf(0), () => null)).toMatchObject({ added: [], dropped: [] });
});
