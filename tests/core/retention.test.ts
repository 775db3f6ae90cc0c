import { expect, test } from "vitest";
import { surplusOf } from "../../src/core/retention.ts";

const now = new Date("2026-11-23T02:00:00Z");
const stored = (path: string, megabytes: number, day: string) => ({
  path,
  megabytes,
  lastUsed: new Date(`${day}T02:00:00Z`),
});
const apple = stored("apple", 100, "2026-11-22");
const pear = stored("pear", 100, "2026-11-20");
const plum = stored("plum", 50, "2026-11-10");
const fig = stored("fig", 10, "2026-09-01");

test.each([
  ["all that is young and small enough stays", [apple, pear, plum], 300, []],
  ["what was not used for too long goes", [apple, fig, pear], 300, ["fig"]],
  ["then what was not used for longest", [plum, pear, apple], 200, ["plum"]],
  ["a large one makes room for an older, smaller one", [apple, pear, plum], 160, ["pear"]],
  ["the last one stays, however large and old it is", [fig], 1, []],
  ["there may be nothing", [], 1, []],
])("%s", (_, all, megabytes, gone) => {
  expect(surplusOf(all, { days: 30, megabytes, now }).map(({ path }) => path)).toEqual(gone);
});
