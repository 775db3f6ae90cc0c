import { expect, test } from "vitest";
import { observe, type Production, type SeenFunction } from "../../src/core/production.ts";
import { makeCandidate } from "../candidates.ts";

const now = new Date("2026-11-03T01:00:00Z");
const file = "src/fruit.ts";

type Row = readonly [
  name: string,
  functions: readonly SeenFunction[],
  wish: { name?: string; touched?: string | null; covers?: string[]; until?: string; isUnchanged?: boolean; no?: true },
  observation: string,
];

const ran = (name: string | null, line: number | null = null) => ({ name, line, ran: 3 });
const idle = (name: string | null, line: number | null = null) => ({ name, line, ran: 0 });
const unused = "unused 61 2026-09-01 2026-11-01";
const uncounted = "unknown: production counts nothing that is known as fig in src/fruit.ts";

const rows: readonly Row[] = [
  ["a function that did not run", [idle("fig"), ran("pear")], {}, unused],
  ["a method that did not run", [idle("peel"), ran("fig")], { name: "Fruit.peel" }, unused],
  ["a function that did not run by its line", [idle(null, 2)], { isUnchanged: true }, unused],
  ["one that was touched since", [idle("fig")], { touched: "2026-10-22" }, "unused 10 2026-10-22 2026-11-01"],
  ["one that ran", [ran("fig")], {}, "ran 3 fig"],
  ["one of that name that ran", [idle("fig", 2), ran("fig", 90)], {}, "ran 3 fig"],
  ["one that ran by its line", [ran(null, 2)], { isUnchanged: true }, "ran 3 fig"],
  ["one whose line is another today", [ran(null, 2), idle(null, 3)], {}, uncounted],
  ["a value, which nobody counts", [ran("pear")], {}, uncounted],
  ["a file that was loaded", [ran(null), idle("pear")], { name: "fruit.ts" }, "ran 3 fruit.ts"],
  ["a file none of whose functions ran", [idle("pear", 1)], { name: "fruit.ts" }, unused],
  ["of unknown age", [idle("fig")], { touched: null }, "unknown: nobody knows since when production has it"],
  [
    "data of long ago",
    [idle("fig")],
    { until: "2026-10-01" },
    "unknown: what is known of production ends on 2026-10-01",
  ],
  ["data of long ago in which it ran", [ran("fig")], { until: "2026-10-01" }, "ran 3 fig"],
  ["a file that is not named", [], { no: true }, "unknown: what is known of production does not name src/fruit.ts"],
  ["a file that was never loaded where all is known", [], { no: true, covers: ["src/**"] }, unused],
  [
    "a file elsewhere",
    [],
    { no: true, covers: ["lib/**"] },
    "unknown: what is known of production does not name src/fruit.ts",
  ],
];

test.each(rows)("%s", (_, functions, wish, expected) => {
  const { name = "fig", touched = "2026-01-01", covers = [], until = "2026-11-01", isUnchanged = false, no } = wish;
  const production: Production = {
    ...{ since: "2026-09-01", until, covers },
    files: new Map(no === true ? [] : [[file, functions]]),
  };
  const candidate = makeCandidate(name, {
    subject: { file, name, line: 1 },
    members: [{ file, name, line: 1, endLine: 2 }],
    lastTouched: touched === null ? null : { commit: "a".repeat(40), date: `${touched}T10:00:00Z`, subject: "Pick" },
  });
  const seen = observe(candidate, production, { now, isUnchanged: () => isUnchanged });
  const words = {
    unused: seen.kind === "unused" ? `unused ${seen.days} ${seen.since} ${seen.until}` : "",
    ran: seen.kind === "ran" ? `ran ${seen.times} ${seen.name}` : "",
    unknown: seen.kind === "unknown" ? `unknown: ${seen.because}` : "",
  };
  expect(words[seen.kind]).toBe(expected);
});
