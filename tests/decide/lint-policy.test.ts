import { expect, test } from "vitest";
import { narrowerLayer, operatorLayer } from "../../src/core/policy-layers.ts";
import { policySchema, repositoryPolicySchema } from "../../src/core/policy-schema.ts";
import { lintLayer, lintNarrower } from "../../src/decide/lint-policy.ts";

/** Two rules of which the second may never come to its turn. */
const pairs: readonly (readonly [name: string, earlier: object, later: object, isDead: boolean])[] = [
  ["everything, then something", { match: {} }, { match: { category: ["unused-type"] } }, true],
  ["something, then everything", { match: { category: ["unused-type"] } }, { match: {} }, false],
  [
    "more categories",
    { match: { category: ["unused-type", "unused-file"] } },
    { match: { category: ["unused-file"] } },
    true,
  ],
  ["other categories", { match: { category: ["unused-type"] } }, { match: { category: ["unused-file"] } }, false],
  ["younger", { match: { minAgeDays: 14 } }, { match: { minAgeDays: 30 } }, true],
  ["older", { match: { minAgeDays: 30 } }, { match: { minAgeDays: 14 } }, false],
  ["any known age, then any age", { match: { minAgeDays: 0 } }, { match: {} }, false],
  ["less sure", { match: { minAssurance: "static" } }, { match: { minAssurance: "tested" } }, true],
  ["surer", { match: { minAssurance: "proven" } }, { match: { minAssurance: "tested" } }, false],
  ["seen further", { match: { maxExposure: "public" } }, { match: { maxExposure: "local" } }, true],
  ["seen less far", { match: { maxExposure: "local" } }, { match: { maxExposure: "public" } }, false],
  ["larger", { match: { maxLines: 90, maxFiles: 3 } }, { match: { maxLines: 9, maxFiles: 3 } }, true],
  ["more paths", { match: { paths: ["src/**", "lib/**"] } }, { match: { paths: ["lib/**"] } }, true],
  ["paths with some taken out", { match: { paths: ["src/**", "!src/a.ts"] } }, { match: { paths: ["src/**"] } }, false],
  [
    "all paths let through, then one held back",
    { match: { paths: ["src/**"] } },
    { match: { paths: ["src/**"] }, action: "report" },
    false,
  ],
  [
    "one path held back, then all let through",
    { match: { paths: ["src/**"] }, action: "ignore" },
    { match: { paths: ["src/**"] } },
    true,
  ],
];

test.each(pairs)("%s", (_name, earlier, later, isDead) => {
  const rules = [
    { id: "earlier", action: "propose", ...earlier },
    { id: "later", action: "propose", ...later },
  ];
  const layer = operatorLayer(policySchema.parse({ version: 1, name: "orchard", rules }), {
    "rules.later": "orchard.yaml:9",
  });
  expect(lintLayer(layer)).toEqual(
    isDead
      ? [
          {
            kind: "dead",
            place: "orchard.yaml:9",
            text: "the rule later can never match: earlier takes all of it before",
          },
        ]
      : [],
  );
});

test("what a ceiling cuts off and what widens nothing is said", () => {
  const operator = policySchema.parse({ version: 1, name: "operator", rules: [{ id: "a", action: "automerge" }] });
  expect(lintLayer(operatorLayer(operator, {})).map(({ text }) => text)).toEqual([
    "the rule a says automerge, but the ceiling is propose",
  ]);
  const own = {
    ceiling: "automerge",
    limits: { openPullRequests: 9, linesPerPullRequest: 9 },
    trust: { demoteBelow: 0.1 },
  };
  const origins = { ceiling: "own.yml:2", "limits.openPullRequests": "own.yml:3", "trust.demoteBelow": "own.yml:4" };
  const layer = narrowerLayer("repository", repositoryPolicySchema.parse({ version: 1, ...own }), origins);
  expect(lintNarrower(layer, operator).map(({ place, text }) => `${place} ${text}`)).toEqual([
    "own.yml:3 limits.openPullRequests: 9 widens nothing; 5 is in force above",
    "own.yml:2 ceiling: automerge widens nothing; propose is in force above",
    "own.yml:4 trust.demoteBelow: 0.1 widens nothing; 0.5 is in force above",
  ]);
});
