import { describe, expect, test } from "vitest";
import { inTurn, restOf, type Contender, type PastTurn } from "../../src/core/turns.ts";

const day = "2026-11-23";
const past: PastTurn = { day: "2026-11-22", head: "fig", fingerprint: "date", atRest: true, failures: 0, ms: 1000 };
const plum: Contender = { repo: "plum", head: "fig", fingerprint: "date", past, wasLeft: false };

describe("a repository rests", () => {
  test.each([
    ["nothing has changed", plum, "unchanged"],
    ["it failed twice, last night", { ...plum, past: { ...past, failures: 2 } }, "failing"],
    [
      "it failed many times, six nights ago",
      { ...plum, past: { ...past, day: "2026-11-17", failures: 20 } },
      "failing",
    ],
  ])("while %s", (_, contender, kind) => {
    expect(restOf(contender, day)?.kind).toBe(kind);
  });

  test.each([
    ["it never had a turn", { ...plum, past: null }],
    ["it has a new commit", { ...plum, head: "pear" }],
    ["the policy is another one", { ...plum, fingerprint: "pear" }],
    ["something waits there", { ...plum, past: { ...past, atRest: false } }],
    ["its head could not be seen", { ...plum, head: null }],
    ["its night was cut short", { ...plum, wasLeft: true }],
    ["it rested for a week", { ...plum, past: { ...past, day: "2026-11-16" } }],
    ["it failed once, the night before", { ...plum, past: { ...past, failures: 1 } }],
    ["it failed twice, two nights ago", { ...plum, past: { ...past, day: "2026-11-21", failures: 2 } }],
    ["it failed often and changed", { ...plum, head: "pear", past: { ...past, failures: 9 } }],
    ["it failed many times, a week ago", { ...plum, past: { ...past, day: "2026-11-16", failures: 20 } }],
  ])("no longer when %s", (_, contender) => {
    expect(restOf(contender, day)).toBeNull();
  });
});

test("what was left comes first, then what changed, the one that waited longest and the cheaper before the rest, and failing ones last", () => {
  const contenders: readonly Contender[] = [
    { ...plum, repo: "failing", head: "new", past: { ...past, failures: 1 } },
    { ...plum, repo: "unchanged" },
    { ...plum, repo: "changed, dear", head: "new", past: { ...past, ms: 9000 } },
    { ...plum, repo: "changed, cheap", head: "new" },
    { ...plum, repo: "changed, waited", head: "new", past: { ...past, day: "2026-11-20", ms: 9000 } },
    { ...plum, repo: "new", past: null },
    { ...plum, repo: "left", wasLeft: true },
  ];
  const order = ["left", "new", "changed, waited", "changed, cheap", "changed, dear", "unchanged", "failing"];
  expect(inTurn(contenders).map(({ repo }) => repo)).toEqual(order);
  expect(inTurn(contenders.toReversed()).map(({ repo }) => repo)).toEqual(order);
});
