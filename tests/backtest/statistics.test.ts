import { expect, test } from "vitest";
import { recommend, sampleFor, wilson, type Row } from "../../src/backtest/statistics.ts";

// Reference values: Newcombe 1998, table I, method 3.
test.each([
  { hits: 81, total: 263, low: 0.2553, high: 0.3662 },
  { hits: 15, total: 148, low: 0.0624, high: 0.1605 },
  { hits: 0, total: 20, low: 0, high: 0.1611 },
  { hits: 1, total: 29, low: 0.0061, high: 0.1718 },
  { hits: 20, total: 20, low: 0.8389, high: 1 },
])("$hits of $total lies between $low and $high", ({ hits, total, low, high }) => {
  const share = wilson(hits, total);
  expect([share?.rate, share?.low, share?.high].map((value) => value?.toFixed(4))).toEqual(
    [hits / total, low, high].map((value) => value.toFixed(4)),
  );
});

test("nothing of nothing has no share", () => {
  expect(wilson(0, 0)).toBeNull();
});

test("with that many proposals and no regret, more is ruled out", () => {
  const enough = sampleFor(0.02);
  expect([wilson(0, enough)?.high ?? 1, wilson(0, enough - 1)?.high ?? 0].map((high) => high <= 0.02)).toEqual([
    true,
    false,
  ]);
});

function row(age: number | null, proposals: number, takenBack: number): Row {
  const rest = { symbols: 0, lines: 0, deleted: 0, medianLeadDays: null, recent: 0 };
  const regret = wilson(takenBack, proposals);
  return { variant: String(age), age, proposals, takenBack, there: proposals - takenBack, regret, ...rest };
}

test.each([
  ["the best yield below the regret that was chosen", [row(0, 60, 6), row(30, 50, 1), row(90, 40, 0)], 30, false],
  ["of the same yield the higher age", [row(7, 40, 0), row(30, 40, 0), row(90, 12, 0)], 30, false],
  ["a large sample is sure", [row(30, 400, 1)], 30, true],
  ["the policy as it is written is no age", [row(null, 90, 0), row(30, 20, 0)], 30, false],
])("%s", (_what, rows, age, isSure) => {
  const found = recommend(rows, 0.02);
  expect(found.kind === "age" ? [found.row.age, found.isSure] : found).toEqual([age, isSure]);
});

test.each([
  [[row(0, 0, 0)], "nothing-proposed"],
  [[row(0, 19, 3), row(30, 9, 0)], "too-few"],
  [[row(0, 20, 3), row(30, 9, 1)], "too-much-regret"],
])("says why there is none", (rows, because) => {
  expect(recommend(rows, 0.02)).toEqual({ kind: "none", because });
});
