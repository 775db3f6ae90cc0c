import { expect, test } from "vitest";
import { createMemory } from "../../src/backtest/memory.ts";
import { makeCandidate } from "../candidates.ts";

test("the time that something was dead begins anew after a point that did not find it", () => {
  const remember = createMemory();
  const see = (date: string, ...names: readonly string[]) => {
    const point = { commit: date, date: `${date}T12:00:00Z`, alarms: [], inventory: new Map() };
    const { candidates } = remember({ ...point, candidates: names.map((name) => makeCandidate(name)) });
    return candidates.map(({ subject, deadFor }) => `${subject.name} ${deadFor?.days ?? "-"}`);
  };
  expect([
    see("2026-01-01", "fig", "pear"),
    see("2026-01-08", "fig"),
    see("2026-01-15", "fig", "pear"),
    see("2026-01-22", "fig", "pear"),
  ]).toEqual([["fig 0", "pear 0"], ["fig 7"], ["fig 14", "pear 0"], ["fig 21", "pear 7"]]);
});
