import { expect, test } from "vitest";
import { measureDeadTime } from "../../src/core/dead-time.ts";
import { candidateId } from "../../src/core/names.ts";

const now = new Date("2026-11-24T01:00:00Z");
const here = candidateId("unused-export:peel:0123456789ab-aaaa");
const elsewhere = candidateId("unused-export:peel:0123456789ab-bbbb");
const edited = candidateId("unused-export:peel:ba9876543210-aaaa");
const fresh = { since: "2026-11-24", days: 0 };

const rows = [
  ["what every night found", [[here, "2026-11-10"]], [here], { since: "2026-11-10", days: 14 }],
  ["what is found for the first time", [], [here], fresh],
  ["what a night did not find", [[here, null]], [here], fresh],
  ["what was moved", [[elsewhere, "2026-11-10"]], [here], { since: "2026-11-10", days: 14 }],
  ["what was moved after a night did not find it", [[elsewhere, null]], [here], fresh],
  ["what was edited", [[edited, "2026-11-10"]], [here], fresh],
  ["a copy of what is there still", [[elsewhere, "2026-11-10"]], [here, elsewhere], fresh],
  [
    "what was found here before a night did not, and moved back",
    [
      [here, null],
      [elsewhere, "2026-11-10"],
    ],
    [here],
    fresh,
  ],
] as const;

test.each(rows)("%s", (_, remembered, tonight, expected) => {
  const entries = remembered.map(([id, deadSince]) => ({ id, deadSince }));
  expect(measureDeadTime(entries, tonight, now)(here)).toEqual(expected);
});
