import { describe, expect, test } from "vitest";
import type { Candidate } from "../../src/core/candidate.ts";
import type { Alarm } from "../../src/core/marking.ts";
import { policySchema, type Policy } from "../../src/core/policy-schema.ts";
import type { Action, AssuranceLevel } from "../../src/core/policy.ts";
import { decide, decideVerified } from "../../src/decide/decide.ts";
import { makeCandidate } from "../candidates.ts";

type Wish = Parameters<typeof makeCandidate>[1];
type Row = readonly [name: string, policy: Policy, candidate: Wish, decision: string];

function policy(rules: readonly object[], rest: object = {}): Policy {
  return policySchema.parse({ version: 1, name: "test", rules, ...rest });
}

function rule(match: object, action: Action = "propose"): object {
  return { id: "the-rule", match, action };
}

function on(match: object, action: Action = "propose"): Policy {
  return policy([rule(match, action)]);
}

const matched = "propose the-rule: the rule the-rule matches";
const unmatched = "report default: no rule is about it";
const mention = { kind: "string", file: "src/shop.ts", line: 7, text: "fig" } as const;
const members = (...files: readonly string[]) => files.map((file) => ({ file, name: "fig", line: 1, endLine: 1 }));

const rows: readonly Row[] = [
  ["no rules", policy([]), {}, unmatched],
  ["another default", policy([], { defaultAction: "ignore" }), {}, "ignore default: no rule is about it"],
  ["a rule about everything", on({}), {}, matched],
  [
    "a rule with a reason",
    policy([{ id: "the-rule", because: "Dead for sure.", action: "propose" }]),
    {},
    "propose the-rule: Dead for sure",
  ],
  [
    "the first rule that matches",
    policy([
      rule({ category: ["unused-type"] }),
      { id: "second", action: "ignore" },
      { id: "third", action: "propose" },
    ]),
    {},
    "ignore second: the rule second matches",
  ],
  ["its category", on({ category: ["unused-type", "unused-export"] }), {}, matched],
  ["another category", on({ category: ["unused-type"] }), {}, unmatched],
  ["old enough", on({ minAgeDays: 100 }), {}, matched],
  [
    "too young",
    on({ minAgeDays: 101 }),
    {},
    "report default: no rule matches (the-rule: it was touched 100 days ago; the rule asks for 101 days)",
  ],
  [
    "of unknown age",
    on({ minAgeDays: 1 }),
    { ageDays: null },
    "report default: no rule matches (the-rule: its age is not known; the rule asks for 1 day)",
  ],
  ["of unknown age, which nobody asked", on({}), { ageDays: null }, matched],
  ["as hidden as asked", on({ maxExposure: "internal" }), {}, matched],
  [
    "too visible",
    on({ maxExposure: "local" }),
    {},
    "report default: no rule matches (the-rule: it is internal; the rule allows local)",
  ],
  ["as sure as asked", on({ minAssurance: "static" }), {}, matched],
  ["surer than it can be yet", on({ minAssurance: "tested" }), {}, matched],
  [
    "suspected",
    on({ minAssurance: "static" }),
    { assurance: "suspected" },
    "report default: no rule matches (the-rule: it is suspected; the rule asks for static)",
  ],
  [
    "with an ambiguous root",
    on({ minAssurance: "tested" }),
    { ambiguous: [mention] },
    "report default: no rule matches (the-rule: it is suspected, since src/shop.ts:7 may refer to it; the rule asks for tested)",
  ],
  ["suspected, which the rule allows", on({ minAssurance: "suspected" }), { ambiguous: [mention] }, matched],
  [
    "too large",
    on({ maxLines: 9, maxFiles: 1 }),
    { size: { files: 2, linesRemoved: 8, linesAdded: 2 } },
    "report default: no rule matches (the-rule: it changes 10 lines; the rule allows 9 and it changes 2 files; the rule allows 1)",
  ],
  [
    "as large as allowed",
    on({ maxLines: 10, maxFiles: 2 }),
    { size: { files: 2, linesRemoved: 8, linesAdded: 2 } },
    matched,
  ],
  ["all of its files", on({ paths: ["src/**", "!src/old/**"] }), {}, matched],
  ["one of its files is elsewhere", on({ paths: ["src/**"] }), { members: members("src/a.ts", "lib/b.ts") }, unmatched],
  [
    "one of its files is held back",
    on({ paths: ["lib/**"] }, "ignore"),
    { members: members("src/a.ts", "lib/b.ts") },
    "ignore the-rule: the rule the-rule matches",
  ],
  ["a path taken out", on({ paths: ["**", "!src/fruit.ts"] }), {}, unmatched],
  ["a hidden folder", on({ paths: ["**/*.ts"] }), { members: members(".config/a.ts") }, matched],
  ["its package", on({ packages: ["@acme/*"] }), { packages: ["@acme/fig"] }, matched],
  ["one of its packages is another", on({ packages: ["@acme/*"] }), { packages: ["@acme/fig", "shop"] }, unmatched],
  ["its owner, in other letters", on({ owners: ["@acme/fruit"] }), { owners: ["@Acme/Fruit"] }, matched],
  ["one of its owners is another", on({ owners: ["@acme/fruit"] }), { owners: ["@acme/fruit", "@plum"] }, unmatched],
  ["nobody owns it", on({ owners: ["@acme/fruit"] }), { owners: [] }, unmatched],
  [
    "one of its owners is enough to hold it back",
    on({ owners: ["@acme/fruit"] }, "report"),
    { owners: ["@acme/fruit", "@plum"] },
    "report the-rule: the rule the-rule matches",
  ],
  ["its package is not known", on({ packages: ["@acme/*"] }), {}, unmatched],
  [
    "its package is not known and may be held back",
    on({ packages: ["@acme/*"] }, "report"),
    {},
    "report the-rule: the rule the-rule matches",
  ],
  [
    "a protected path",
    policy([rule({})], { protect: { paths: ["src/*.ts"] } }),
    {},
    "ignore protect: src/fruit.ts is protected",
  ],
  [
    "an edit of a protected path",
    policy([rule({})], { protect: { paths: ["src/index.ts"] } }),
    { edits: [{ kind: "remove", file: "src/index.ts", span: { start: 0, end: 1 } }] },
    "ignore protect: src/index.ts is protected",
  ],
  [
    "a protected package",
    policy([rule({})], { protect: { packages: ["@acme/*"] } }),
    { packages: ["shop", "@acme/fig"] },
    "ignore protect: the package @acme/fig is protected",
  ],
  [
    "a protected package, perhaps",
    policy([rule({})], { protect: { packages: ["@acme/*"] } }),
    {},
    "ignore protect: its package is not known, and some packages are protected",
  ],
  ["no protected package", policy([rule({})], { protect: { packages: ["@acme/*"] } }), { packages: ["shop"] }, matched],
  [
    "the ceiling",
    on({}, "automerge"),
    {},
    "propose the-rule: the rule the-rule matches, but the policy's ceiling is propose",
  ],
  [
    "a ceiling over the default",
    policy([], { defaultAction: "propose", ceiling: "report" }),
    {},
    "report default: no rule is about it, but the policy's ceiling is report",
  ],
  [
    "a higher ceiling",
    policy([rule({}, "automerge")], { ceiling: "automerge" }),
    {},
    "automerge the-rule: the rule the-rule matches",
  ],
];

test.each(rows)("%s", (_name, given, wish, expected) => {
  const candidate = makeCandidate("fig", wish);
  expect(decide([candidate], given, []).map(inWords)).toEqual([expected]);
  expect(decide([candidate], given, [])[0]?.id).toBe(candidate.id);
});

describe("alarms", () => {
  const alarms: Alarm[] = [
    { kind: "no-production-root", text: "no production root was found" },
    { kind: "no-checks", text: "there are no checks" },
  ];

  test.each([
    ["propose", on({}), "report alarm: no production root was found; there are no checks"],
    ["report", on({}, "report"), "report the-rule: the rule the-rule matches"],
    ["ignore", on({}, "ignore"), "ignore the-rule: the rule the-rule matches"],
  ])("over %s", (_name, given, expected) => {
    expect(decide([makeCandidate("fig")], given, alarms).map(inWords)).toEqual([expected]);
  });
});

describe("after the checks", () => {
  const levels = policy(
    [
      { id: "tests-saw-it", match: { minAssurance: "tested" }, action: "automerge" },
      { id: "compiler-saw-it", match: { minAssurance: "compiled" }, action: "propose" },
    ],
    { ceiling: "automerge" },
  );

  test.each<readonly [AssuranceLevel, Partial<Candidate>, string]>([
    ["proven", {}, "automerge tests-saw-it: the rule tests-saw-it matches"],
    ["tested", {}, "automerge tests-saw-it: the rule tests-saw-it matches"],
    ["compiled", {}, "propose compiler-saw-it: the rule compiler-saw-it matches"],
    [
      "static",
      {},
      "report default: no rule matches (tests-saw-it: it is static; the rule asks for tested; compiler-saw-it: it is static; the rule asks for compiled)",
    ],
    [
      "tested",
      { assurance: "suspected" },
      "report default: no rule matches (tests-saw-it: it is suspected; the rule asks for tested; compiler-saw-it: it is suspected; the rule asks for compiled)",
    ],
  ])("%s %j", (assurance, wish, expected) => {
    expect(inWords(decideVerified(makeCandidate("fig", wish), { assurance, canary: "unasked" }, levels))).toBe(
      expected,
    );
  });
});

test("a question is never a pull request, whatever a policy says", () => {
  const asked = makeCandidate("fig", { category: "one-sided-fix" });
  const decided = decide([asked], on({ category: ["one-sided-fix"] }, "automerge"), []).map(inWords);
  expect(decided).toEqual(["report question: it is a question: only a person can say what is right there"]);
});

function inWords({ action, rule: by, because }: { action: string; rule: string; because: string }): string {
  return `${action} ${by}: ${because}`;
}
