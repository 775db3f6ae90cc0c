import { expect, test } from "vitest";
import { dateFates, type Deed } from "../../src/backtest/date-fates.ts";
import type { Fate, Lifeline } from "../../src/backtest/follow.ts";
import { candidateId } from "../../src/core/names.ts";

const deed: Deed = { commit: "b".repeat(40), date: "2026-03-04T10:00:00Z", subject: "Press the apples" };

test.each<[string, Fate["kind"] | null, Deed | null, string]>([
  ["what a commit deleted", "deleted", deed, "deleted 2026-03-04"],
  ["what no single commit deleted", "deleted", null, "deleted 2026-03-07"],
  ["what a commit uses again", "taken-back", deed, "taken-back 2026-03-04"],
  ["what is alive again and no commit names", "taken-back", null, "reached 2026-03-07"],
  ["what came back after its deletion", "returned", null, "returned 2026-03-07"],
  ["what lies there", null, null, "there"],
])("%s", async (_, kind, by, expected) => {
  const at = { commit: "a".repeat(40), date: "2026-01-01T00:00:00Z" };
  const place = { was: "src/apple.ts", file: "src/apple.ts" };
  const fates = kind === null ? [] : [{ kind, from: "0", to: "1", date: "2026-03-07T00:00:00Z", ...place }];
  const life: Lifeline = { name: "press", file: place.file, category: "unused-export", lines: 1, since: at, fates };
  const candidate = {
    id: candidateId("unused-export:press:0"),
    category: "unused-export" as const,
    subject: { file: place.file, name: "press", line: 1 },
    ageDays: 100,
  };
  const following = { lives: [life], proposals: [{ variant: "as written", at, candidate, lives: [0] }] };
  const [dated] = await dateFates(following, () => Promise.resolve(by));
  const last = dated?.fates.at(-1);
  expect(last === undefined ? "there" : `${last.kind} ${last.date.slice(0, 10)}`).toBe(expected);
});
