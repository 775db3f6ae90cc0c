import { describe, expect, test } from "vitest";
import { createFollower } from "../../src/backtest/follow.ts";
import type { Inventory, Point, Rename, Thing } from "../../src/core/backtest.ts";
import type { Candidate } from "../../src/core/candidate.ts";
import { candidateId } from "../../src/core/names.ts";

/**
 * A history in a notation: `file: name` for what is dead and `file: name!` for what lives; `name=text` where the text is
 * not that of the name, and `a.ts > b.ts` for a rename.
 */
type Notation = readonly string[];

function readPoint(lines: Notation, day: number): { readonly point: Point; readonly renames: readonly Rename[] } {
  const inventory = new Map<string, readonly Thing[]>();
  const renames: Rename[] = [];
  for (const line of lines) {
    const [from = "", to] = line.split(" > ");
    if (to !== undefined) {
      renames.push({ from, to });
      continue;
    }
    const [file = "", things = ""] = line.split(": ");
    inventory.set(file, things.split(" ").filter(Boolean).map(readThing));
  }
  const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
  const candidates = candidatesOf(inventory);
  return { point: { commit: `day${day}`, date, alarms: [], candidates, inventory }, renames };
}

function readThing(word: string): Thing {
  const [name = "", text] = word.replace("!", "").split("=");
  return { name, hash: text ?? name, live: word.endsWith("!") };
}

/** One candidate for each thing that is dead. */
function candidatesOf(inventory: Inventory): readonly Candidate[] {
  return [...inventory].flatMap(([file, things]) =>
    things
      .filter(({ live }) => !live)
      .map(({ name }) => ({
        id: candidateId(`unused-export:${name}:${file}`),
        pass: "unused-export" as const,
        category: "unused-export" as const,
        subject: { file, name, line: 1 },
        members: [{ file, name, line: 1, endLine: 4 }],
        evidence: [],
        ambiguous: [],
        exposure: "internal" as const,
        edits: [],
        ageDays: 100,
        lastTouched: null,
        owners: [],
        assurance: "static" as const,
        requires: [],
        size: { files: 1, linesRemoved: 4, linesAdded: 0 },
      })),
  );
}

/** Ten days lie between two points. */
function follow(history: readonly Notation[]): readonly string[] {
  const follower = createFollower(({ candidates }) => new Map([["all", candidates]]));
  for (const [index, lines] of history.entries()) {
    const { point, renames } = readPoint(lines, index * 10);
    follower.step(point, renames);
  }
  const { lives } = follower.result();
  return lives.map(({ file, name, since, fates }) =>
    [`${file}#${name} ${since.commit}`, ...fates.map(({ kind, to, file: at }) => `${kind} ${to} ${at}`)].join(", "),
  );
}

const years = (count: number): readonly Notation[] => Array.from({ length: count * 37 }, () => ["a.ts: "]);

describe("what became of dead code", () => {
  test.each<[string, readonly Notation[], readonly string[]]>([
    ["it lies there", [["a.ts: apple"], ["a.ts: apple"]], ["a.ts#apple day0"]],
    ["what lives is not followed", [["a.ts: apple!"], ["a.ts: "]], []],
    ["people delete it", [["a.ts: apple"], ["a.ts: "]], ["a.ts#apple day0, deleted day10 a.ts"]],
    ["its file is deleted", [["a.ts: apple"], []], ["a.ts#apple day0, deleted day10 a.ts"]],
    ["it is used again", [["a.ts: apple"], ["a.ts: apple!"]], ["a.ts#apple day0, taken-back day10 a.ts"]],
    ["it is rewritten and used", [["a.ts: apple"], ["a.ts: apple=new!"]], ["a.ts#apple day0, taken-back day10 a.ts"]],
    [
      "it is edited and stays dead",
      [["a.ts: apple"], ["a.ts: apple=new"], ["a.ts: "]],
      ["a.ts#apple day0, deleted day20 a.ts"],
    ],
    [
      "it moves and stays dead",
      [["a.ts: apple"], ["a.ts: ", "b.ts: apple"], ["b.ts: "]],
      ["a.ts#apple day0, deleted day20 b.ts"],
    ],
    ["it moves into use", [["a.ts: apple"], ["b.ts: apple!"]], ["a.ts#apple day0, taken-back day10 b.ts"]],
    [
      "its file is renamed and it is edited",
      [["a.ts: apple"], ["a.ts > b.ts", "b.ts: apple=new!"]],
      ["a.ts#apple day0, taken-back day10 b.ts"],
    ],
    [
      "the same stood elsewhere before",
      [["a.ts: apple", "b.ts: apple!"], ["b.ts: apple!"]],
      ["a.ts#apple day0, deleted day10 a.ts"],
    ],
    [
      "the file itself moves",
      [["a.ts: a.ts=text"], ["x/b.ts: b.ts=text"], []],
      ["a.ts#a.ts day0, deleted day20 x/b.ts"],
    ],
    [
      "it comes back",
      [["a.ts: apple"], ["a.ts: "], ["a.ts: apple!"]],
      ["a.ts#apple day0, deleted day10 a.ts, returned day20 a.ts"],
    ],
    ["its deletion is undone", [["a.ts: apple"], ["a.ts: "], ["a.ts: apple"], ["a.ts: apple"]], ["a.ts#apple day0"]],
    [
      "the name comes back after a year",
      [["a.ts: apple"], ...years(1), ["a.ts: apple!"]],
      ["a.ts#apple day0, deleted day10 a.ts"],
    ],
    [
      "it is used and dies again",
      [["a.ts: apple"], ["a.ts: apple!"], ["a.ts: apple"]],
      ["a.ts#apple day0, taken-back day10 a.ts", "a.ts#apple day20"],
    ],
  ])("%s", (_what, history, expected) => {
    expect(follow(history)).toEqual(expected);
  });
});

test("a proposal is made once, at the first point that asks for it", () => {
  const follower = createFollower(({ candidates, commit }) => new Map([["late", commit === "day0" ? [] : candidates]]));
  for (const day of [0, 10, 20]) follower.step(readPoint(["a.ts: apple pear!"], day).point, []);
  const { proposals } = follower.result();
  expect(proposals.map(({ at, lives }) => [at.commit, lives])).toEqual([["day10", [0]]]);
});
