import { describe, expect, test } from "vitest";
import type { CanaryAnswer } from "../../src/core/check.ts";
import { policySchema, type Policy } from "../../src/core/policy-schema.ts";
import { decide, decideVerified } from "../../src/decide/decide.ts";
import { makeCandidate } from "../candidates.ts";

function policy(rules: readonly object[]): Policy {
  return policySchema.parse({ version: 1, name: "test", rules });
}

describe("what the canary said", () => {
  const rules = policy([
    { id: "unseen", match: { canaryNoticed: false }, action: "report" },
    { id: "seen", match: { canaryNoticed: true }, action: "propose" },
  ]);

  test.each<readonly [CanaryAnswer, string]>([
    ["noticed", "propose seen: the rule seen matches"],
    ["missed", "report unseen: the rule unseen matches"],
    ["unasked", "report unseen: the rule unseen matches"],
  ])("%s", (canary, expected) => {
    expect(inWords(decideVerified(makeCandidate("fig"), { assurance: "tested", canary }, rules))).toBe(expected);
  });

  test("is hoped for before the checks", () => {
    expect(decide([makeCandidate("fig")], rules, []).map(inWords)).toEqual(["propose seen: the rule seen matches"]);
  });

  test("is the reason where a rule asks for it in vain", () => {
    const strict = policy([{ id: "seen", match: { canaryNoticed: true }, action: "propose" }]);
    const shown = { assurance: "proven", canary: "missed" } as const;
    expect(decideVerified(makeCandidate("fig"), shown, strict).because).toContain("did not notice");
  });
});

function inWords({ action, rule: by, because }: { action: string; rule: string; because: string }): string {
  return `${action} ${by}: ${because}`;
}
