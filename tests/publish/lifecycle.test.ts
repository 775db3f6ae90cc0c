import { describe, expect, test } from "vitest";
import { lifecycleResults, type LifecycleResult } from "../../src/core/lifecycle.ts";
import { judgeStanding } from "../../src/publish/lifecycle.ts";
import { renderAction } from "../../src/publish/render-action.ts";
import type { ObservedPullRequest } from "../../src/publish/standing-port.ts";
import { baseRows } from "./lifecycle/base.ts";
import { checksRows } from "./lifecycle/checks.ts";
import { peopleRows } from "./lifecycle/people.ts";
import { closed, ids, opened, red, survived, theirs, tonight } from "./lifecycle/setup.ts";

const rows = [...checksRows, ...baseRows, ...peopleRows];

test.each(rows)("%s", (...row) => {
  const [, observed, night, result, done] = row;
  const verdict = judgeStanding({ ...opened, ...observed }, { ...tonight, ...night });
  expect({ result: verdict.result, done: verdict.actions.map(renderAction) }).toEqual({ result, done });
});

test("every result has a row", () => {
  expect(Object.keys(lifecycleResults).filter((name) => rows.every(([, , , result]) => result !== name))).toEqual([]);
});

describe("whatever else is true of it", () => {
  const trouble = { conflict: true, checks: red(), changesRequested: true, openedAt: "2025-01-01T00:00:00Z" } as const;
  test.each<readonly [string, Partial<ObservedPullRequest>, LifecycleResult]>([
    ["nothing is written to what a person has touched", { head: { commit: theirs, tree: theirs } }, "hands-off"],
    ["nothing is written to what waits in a merge queue", { queued: true }, "in-merge-queue"],
    ["what a person closed is left", closed, "closed-by-person"],
    ["what was merged is left", { state: "merged" }, "reappeared"],
  ])("%s", (_what, observed, result) => {
    const verdict = judgeStanding({ ...opened, ...trouble, ...observed }, { ...tonight, ...survived(...ids) });
    const writes = verdict.actions.filter(({ kind }) => kind !== "remember" && kind !== "label");
    expect({ result: verdict.result, writes }).toEqual({ result, writes: [] });
  });
});
