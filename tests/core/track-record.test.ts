import { expect, test } from "vitest";
import { restrain, type Grant } from "../../src/core/autonomy.ts";
import { emptyLedger, type LedgerEntry, type LedgerState } from "../../src/core/ledger.ts";
import { candidateId } from "../../src/core/names.ts";
import { policySchema } from "../../src/core/policy-schema.ts";
import type { Action } from "../../src/core/policy.ts";
import { reviewTrust, type TrackedPullRequest } from "../../src/core/track-record.ts";
import { evaluate } from "../../src/decide/evaluate.ts";
import { restrainTonight } from "../../src/night-policy.ts";
import { makeCandidate } from "../candidates.ts";

const policy = policySchema.parse({
  version: 1,
  name: "orchard",
  ceiling: "automerge",
  trust: { over: 4, demoteBelow: 0.5, promoteAbove: 0.75 },
  rules: [{ id: "dead", action: "automerge" }],
});

/** Pull requests that ended one a day, as letters: `m` merged, `c` closed, `r` merged and reverted, `o` still open. */
function recordOf(letters: string) {
  const states = { m: "merged", c: "closed", r: "merged", o: "open" } as const;
  const words = letters.split("").filter((letter) => letter in states);
  const pullRequests = words.map((letter, index): TrackedPullRequest => {
    const state = states[letter === "m" || letter === "c" || letter === "r" ? letter : "o"];
    return {
      url: `https://forge/${index}`,
      state,
      candidates: [candidateId(`unused-export:fig:${index}`)],
      endedAt: state === "open" ? null : `2026-11-${String(index + 10)}`,
    };
  });
  const entries = words.map((letter, index): LedgerEntry => {
    const state: LedgerState = letter === "r" ? "reverted" : "proposed";
    return {
      ...{ id: candidateId(`unused-export:fig:${index}`), state, rule: "dead", reason: null, since: "", url: null },
      ...{ firstSeen: "", lastSeen: "", deadSince: null, subject: null, members: [], mergedAt: null, untouched: null },
    };
  });
  return { pullRequests, entries };
}

const granted = (level: Grant["level"], at = "2026-11-01"): Grant => ({
  rule: "dead",
  level,
  at,
  who: "@ada",
  why: "fine",
});

test.each<readonly [name: string, letters: string, grants: readonly Grant[], changes: readonly string[]]>([
  ["nothing ended", "ooo", [], []],
  ["too few ended", "mmm", [], []],
  [
    "all merged",
    "mmmm",
    [],
    ["suggested automerge: of the last 4 pull requests that ended 4 were merged, none was taken back"],
  ],
  [
    "most merged",
    "mcmm",
    [],
    ["suggested automerge: of the last 4 pull requests that ended 3 were merged, none was taken back"],
  ],
  ["all merged, and that is confirmed", "mmmm", [granted("automerge")], []],
  ["half merged", "mcmc", [], []],
  [
    "less than half merged",
    "mccc",
    [],
    ["demoted report: of the last 4 pull requests that ended 1 were merged, none was taken back", "throttled"],
  ],
  [
    "less than half merged, long ago",
    "mcccmmmm",
    [],
    ["suggested automerge: of the last 4 pull requests that ended 4 were merged, none was taken back"],
  ],
  ["one taken back", "mmmr", [], []],
  ["two taken back", "mrmr", [], ["demoted report: taken back: https://forge/3, https://forge/1"]],
  [
    "one taken back that merged itself",
    "mmr",
    [granted("automerge")],
    ["demoted propose: taken back: https://forge/2"],
  ],
  [
    "one closed that would have merged itself",
    "mmc",
    [granted("automerge")],
    ["demoted propose: of the last 3 pull requests that ended 2 were merged, none was taken back"],
  ],
  ["what was taken back before a person confirmed", "mrmr", [granted("propose", "2026-11-30")], []],
  ["what is reported only", "cccc", [granted("report", "2026-11-01")], ["throttled"]],
])("%s", (_name, letters, grants, changes) => {
  const { demotions, suggestions, throttled } = reviewTrust(recordOf(letters), grants, policy);
  expect([
    ...demotions.map(({ to, because }) => `demoted ${to}: ${because}`),
    ...suggestions.map(({ to, because }) => `suggested ${to}: ${because}`),
    ...(throttled === null ? [] : ["throttled"]),
  ]).toEqual(changes);
});

test("who is not trusted opens one pull request at a time, and proposes nothing by the rule that lost it", () => {
  const { pullRequests, entries } = recordOf("mccc");
  const tonight = restrainTonight(policy, {
    ledger: { ...emptyLedger, entries },
    track: { pullRequests, grants: [] },
    now: () => new Date("2026-11-23T02:00:00Z"),
  });
  expect(tonight.policy.limits).toMatchObject({ pullRequestsPerNight: 1, openPullRequests: 1 });
  expect(evaluate({ candidate: makeCandidate("fig"), assurance: "proven" }, tonight.policy)).toEqual({
    action: "report",
    rule: "autonomy",
    because:
      "the rule dead may only report here: nightsweep, 2026-11-23: of the last 4 pull requests that ended 1 were merged, none was taken back",
  });
});

test.each<
  readonly [name: string, action: Action, grants: readonly Grant[], closed: string | null, left: string | null]
>([
  ["propose by itself", "propose", [], null, null],
  ["automerge by itself", "automerge", [], null, "propose autonomy"],
  ["automerge once confirmed", "automerge", [granted("automerge")], null, null],
  [
    "automerge confirmed, in a repository that reports",
    "automerge",
    [granted("automerge"), { ...granted("report"), rule: "*" }],
    null,
    "report autonomy",
  ],
  ["propose in the shadow", "propose", [granted("shadow")], null, "ignore autonomy"],
  ["ignore in the shadow", "ignore", [granted("shadow")], null, null],
  ["propose outside of the schedule", "propose", [], "it is noon", "report schedule"],
  ["report outside of the schedule", "report", [], "it is noon", null],
])("%s", (...row) => {
  const [, action, grants, closed, left] = row;
  const restrained = restrain(action, "dead", { closed, grants });
  expect(restrained === null ? null : `${restrained.action} ${restrained.rule}`).toBe(left);
});
