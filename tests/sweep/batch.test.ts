import { describe, expect, test } from "vitest";
import type { Candidate } from "../../src/core/candidate.ts";
import type { Edit } from "../../src/core/edit.ts";
import { batchCandidates } from "../../src/sweep/batch.ts";
import { makeCandidate } from "../candidates.ts";
import { dead, lineLength, limits, text, texts } from "./orchard.ts";

/** Names of the candidates of each batch. */
function namesOf(candidates: readonly Candidate[]): readonly string[] {
  const names = new Map(candidates.map(({ id, subject }) => [id, subject.name]));
  return batchCandidates(candidates, limits, texts).map((batch) =>
    batch.candidates.map((id) => names.get(id)).join(" "),
  );
}

const rows: readonly (readonly [name: string, candidates: readonly Candidate[], batches: readonly string[]])[] = [
  ["nothing", [], []],
  ["far apart, one batch", [dead("a", { line: 0 }), dead("b", { line: 10 })], ["a b"]],
  [
    "more symbols than a batch may have",
    [0, 10, 20, 30].map((line) => dead(`at${line}`, { line })),
    ["at0 at10 at20", "at30"],
  ],
  ["more lines than a batch may have", [dead("a", { count: 5 }), dead("b", { line: 20, count: 5 })], ["a", "b"]],
  [
    "more files than a batch may have",
    [dead("a", {}), dead("b", { file: "src/pear.ts" }), dead("c", { file: "src/plum.ts" })],
    ["a b", "c"],
  ],
  ["too large by itself", [dead("a", { count: 20 }), dead("b", { line: 40 })], ["a", "b"]],
  [
    "a cascade of many symbols",
    [
      dead("a", {
        members: Array.from({ length: 9 }, () => ({ file: "src/fruit.ts", name: "x", line: 1, endLine: 1 })),
      }),
    ],
    ["a"],
  ],
  ["another category", [dead("a", {}), dead("b", { line: 20, category: "unused-type" })], ["a", "b"]],
  [
    "another package",
    [dead("a", {}), dead("b", { file: "packages/core/src/fig.ts" }), dead("c", { file: "fig.ts" })],
    ["a", "b", "c"],
  ],
  ["the oldest first", [dead("a", { age: 10 }), dead("b", { line: 20, age: 90, category: "unused-type" })], ["b", "a"]],
  ["the biggest first", [dead("a", {}), dead("b", { line: 20, count: 4, category: "unused-type" })], ["b", "a"]],
  [
    "unknown age last",
    [dead("a", { age: null }), dead("b", { line: 20, age: 0, category: "unused-type" })],
    ["b", "a"],
  ],
  ["neighbours join", [dead("a", { line: 5 }), dead("b", { line: 6 })], ["a b"]],
  [
    "neighbours of another theme wait",
    [dead("a", { line: 5 }), dead("b", { line: 6, category: "unused-type" })],
    ["a"],
  ],
  ["neighbours that do not fit wait", [dead("a", { line: 5, count: 6 }), dead("b", { line: 11, count: 5 })], ["a"]],
  [
    "between two batches waits",
    [
      dead("a", { line: 0, count: 7, age: 300 }),
      dead("b", { line: 8, count: 7, age: 200 }),
      dead("c", { line: 7, age: 100 }),
    ],
    ["a", "b"],
  ],
  ["what is needed comes first", [dead("a", { line: 5, needs: ["b"] }), dead("b", { line: 30 })], ["b a"]],
  ["what is needed is not there", [dead("a", { needs: ["b"] }), dead("c", { line: 20, needs: ["a"] })], []],
  [
    "a group that is too large is split where nothing is needed across",
    [
      dead("a", { line: 0, count: 5 }),
      dead("b", { line: 20, count: 5 }),
      dead("both", { line: 40, needs: ["a", "b"] }),
    ],
    ["a", "b"],
  ],
  [
    "a ring of needs is not split",
    [dead("a", { count: 5, needs: ["b"] }), dead("b", { line: 20, count: 5, needs: ["a"] })],
    ["a b"],
  ],
  [
    "a file that one deletes and another edits",
    [
      dead("a", { edits: [{ kind: "delete-file", file: "src/pear.ts" }], category: "unused-file", age: 200 }),
      dead("b", { file: "src/pear.ts", line: 20 }),
    ],
    ["a"],
  ],
  [
    "entries of one package.json stay together",
    ["a", "b", "c", "d"].map((name) =>
      makeCandidate(name, {
        category: "unused-dependency",
        subject: { file: "package.json", name, line: 1 },
        edits: [{ kind: "remove-json", file: "package.json", path: ["dependencies", name] }],
      }),
    ),
    ["d a b"],
  ],
  [
    "contradictory edits wait",
    ["one", "two"].map((becomes, index) =>
      dead(becomes, {
        age: index,
        edits: [{ kind: "replace", file: "src/fruit.ts", span: { start: 0, end: 5 }, text: becomes }],
      }),
    ),
    ["two"],
  ],
];

test.each(rows)("%s", (_name, candidates, batches) => {
  expect(namesOf(candidates)).toEqual(batches);
  expect(namesOf(candidates.toReversed())).toEqual(batches);
});

test("those that share an import go together, so that it goes too", () => {
  const file = "src/shop.ts";
  const shop = `import { fig } from "./fig.ts";\nrun();\nfig(1,\n1);\n${"run();\n".repeat(5)}fig(2);\nrun();\n`;
  const shared: Edit = {
    kind: "remove-item",
    file,
    span: { start: 9, end: 12 },
    owner: { start: 0, end: 31 },
    size: 1,
    unlessUsedAt: [shop.indexOf("fig(1"), shop.indexOf("fig(2")],
  };
  const use = (call: string, ageDays: number): Candidate => {
    const start = shop.indexOf(call);
    const own: Edit = { kind: "remove", file, span: { start, end: start + call.length } };
    return dead(String(start), { file, edits: [own, shared], ageDays });
  };
  const candidates = [dead("older", { ageDays: 40, count: 7 }), use("fig(1,\n1);", 30), use("fig(2);", 10)];
  const [first, second] = batchCandidates(candidates, limits, { ...texts, [file]: shop });
  expect(first?.candidates).toHaveLength(1);
  expect(second?.changes).toEqual([{ kind: "write", file, text: "run();\n".repeat(7) }]);
});

describe("what a batch says of itself", () => {
  test("all of it", () => {
    const candidates = [dead("a", { file: "packages/core/src/fig.ts" })];
    const expected = {
      fingerprint: "",
      category: "unused-export",
      scope: "packages-core",
      candidates: ["unused-export:a:0"],
      changes: [{ kind: "write", file: "packages/core/src/fig.ts", text: text.slice(lineLength) }],
      size: { files: 1, linesRemoved: 1, linesAdded: 0 },
    };
    const [batch] = batchCandidates(candidates, limits, texts);
    expect(batch).toEqual({ ...expected, fingerprint: batch?.fingerprint });
    expect(batch?.fingerprint).toMatch(/^[0-9a-f]{8}$/);
  });

  test.each([
    ["fig.ts", "root"],
    ["src/fig.ts", "src"],
    ["apps/shop/fig.ts", "apps-shop"],
    ["packages/index.ts", "packages"],
    ["packages/@acme~fig/src/fig.ts", "packages-acme-fig"],
    [".config/fig.ts", "config"],
    ["früh obst/fig.ts", "fru-h-obst"],
    ["..lock/fig.ts", "root"],
    ["a..b.lock/fig.ts", "a.b"],
  ])("the scope of %s is %s", (file, scope) => {
    const [batch] = batchCandidates([dead("a", { file })], limits, { [file]: text });
    expect(batch?.scope).toBe(scope);
  });

  test("the fingerprint is of its candidates alone", () => {
    const fingerprintOf = (candidates: readonly Candidate[]) =>
      batchCandidates(candidates, limits, texts).map(({ fingerprint }) => fingerprint);
    const both = [dead("a", {}), dead("b", { line: 20 })];
    expect(fingerprintOf(both)).toEqual(fingerprintOf(both.map((one) => ({ ...one, ageDays: 5 })).toReversed()));
    expect(fingerprintOf(both)).not.toEqual(fingerprintOf(both.slice(1)));
  });
});
