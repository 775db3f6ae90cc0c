import { expect, test } from "vitest";
import { policySchema } from "../../src/core/policy-schema.ts";
import { decide } from "../../src/decide/decide.ts";
import { makeCandidate } from "../candidates.ts";

type Row = readonly [name: string, match: object, seen: Parameters<typeof makeCandidate>[1], decision: string];

const matched = "propose the-rule: the rule the-rule matches";

const rows: readonly Row[] = [
  ["dead for long enough", { minDeadDays: 14 }, { deadFor: { since: "2026-11-01", days: 14 } }, matched],
  [
    "dead for too short a time",
    { minDeadDays: 14 },
    { deadFor: { since: "2026-11-01", days: 13 } },
    "report default: no rule matches (the-rule: it was found dead since 2026-11-01, 13 days; the rule asks for 14 days)",
  ],
  [
    "dead since tonight",
    { minDeadDays: 1 },
    { deadFor: { since: "2026-11-01", days: 0 } },
    "report default: no rule matches (the-rule: tonight found it dead for the first time; the rule asks for 1 day)",
  ],
  [
    "dead, and nobody remembers since when",
    { minDeadDays: 1 },
    {},
    "report default: no rule matches (the-rule: nobody remembers since when it is dead; the rule asks for 1 day)",
  ],
  [
    "unused in production for long enough",
    { unusedInProductionDays: 30 },
    { production: { kind: "unused", days: 30, since: "2026-10-01", until: "2026-10-31" } },
    matched,
  ],
  [
    "unused in production for too short a time",
    { unusedInProductionDays: 60 },
    { production: { kind: "unused", days: 30, since: "2026-10-01", until: "2026-10-31" } },
    "report default: no rule matches (the-rule: production did not run it from 2026-10-01 to 2026-10-31, 30 days; the rule asks for 60 days without a run in production)",
  ],
  [
    "of which production says nothing",
    { unusedInProductionDays: 60 },
    { production: { kind: "unknown", because: "what is known of production does not name src/fruit.ts" } },
    "report default: no rule matches (the-rule: what is known of production does not name src/fruit.ts; the rule asks for 60 days without a run in production)",
  ],
  [
    "without data of production",
    { unusedInProductionDays: 1 },
    {},
    "report default: no rule matches (the-rule: nothing is known of production; the rule asks for 1 day without a run in production)",
  ],
  [
    "run by production, whatever the rules say",
    {},
    { production: { kind: "ran", times: 12, name: "fig", until: "2026-10-31" } },
    "report production: production ran fig, 12 times until 2026-10-31, so something uses it",
  ],
];

test.each(rows)("%s", (_, match, seen, expected) => {
  const rules = [{ id: "the-rule", match, action: "propose" }];
  const policy = policySchema.parse({ version: 1, name: "test", rules });
  const [decision] = decide([makeCandidate("fig", seen)], policy, []);
  expect(`${decision?.action ?? ""} ${decision?.rule ?? ""}: ${decision?.because ?? ""}`).toBe(expected);
});
