import { expect, test } from "vitest";
import { choosePoints } from "../../src/backtest/points.ts";

/** Newest first, as git lists them; the first of January 2026 is a Thursday. */
const commits = [
  "2026-03-31T10:00:00.000Z",
  "2026-03-30T00:00:00.000Z",
  "2026-03-29T23:59:59.000Z",
  "2026-03-10T10:00:00.000Z",
  "2026-03-10T09:00:00.000Z",
  "2026-02-28T10:00:00.000Z",
  "2026-02-01T10:00:00.000Z",
  "2025-12-31T10:00:00.000Z",
].map((date) => ({ date }));

test.each([
  [
    "the last commit of each week, Monday to Sunday",
    { months: 1, every: "week" },
    ["02-28", "03-10", "03-29", "03-31"],
  ],
  ["the last commit of each day", { months: 1, every: "day" }, ["02-28", "03-10", "03-29", "03-30", "03-31"]],
  ["the last commit of each month", { months: 12, every: "month" }, ["12-31", "02-28", "03-31"]],
  [
    "a month before the 31st begins on the last day of a shorter one",
    { months: 1, every: "month" },
    ["02-28", "03-31"],
  ],
] as const)("%s", (_what, window, expected) => {
  expect(choosePoints(commits, window).map(({ date }) => date.slice(5, 10))).toEqual(expected);
});

test("no commit, no point", () => {
  expect(choosePoints([], { months: 12, every: "week" })).toEqual([]);
});
