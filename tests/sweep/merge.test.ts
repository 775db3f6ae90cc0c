import { describe, expect, test } from "vitest";
import type { Edit } from "../../src/core/edit.ts";
import { findContradiction, mergeEdits } from "../../src/sweep/merge.ts";
import { file, readCases, readMarks } from "./notation.ts";

/** Each case holds in every layout of a file, so that none needs rows of its own. */
const layouts = {
  "as written": (text) => text,
  "with CRLF": (text) => text.replaceAll("\n", "\r\n"),
  "with a byte order mark": (text) => `\uFEFF${text}`,
  "with tabs": (text) => text.replace(/^(?: {2}){1,3}(?=\S)/gm, (spaces) => "\t".repeat(spaces.length / 2)),
  "without a final newline": (text) => text.replace(/\n$/, ""),
} as const satisfies Record<string, (text: string) => string>;

describe.each(["statements.txt", "comments.txt", "items.txt", "unwrap.txt"])("%s", (name) => {
  describe.each(Object.entries(layouts))("%s", (_layout, lay) => {
    test.each(readCases(name))("$name", ({ before, after }) => {
      const { text, edits } = readMarks(lay(before));
      expect(merge(text, edits)).toBe(lay(after));
      expect(merge(text, edits.toReversed())).toBe(lay(after));
      expect(merge(text, [...edits, ...edits])).toBe(lay(after));
    });
  });
});

function merge(text: string, edits: readonly Edit[]): string {
  const changes = mergeEdits(edits, { [file]: text });
  expect(changes.length).toBeLessThanOrEqual(1);
  const [change] = changes;
  if (change === undefined) return text;
  return change.kind === "write" ? change.text : "(deleted)";
}

describe("what a file becomes", () => {
  test.each([
    ["nothing but comments", "// Fruit.\n[[const apple = 1;]]\n\n/* The end. */\n"],
    ["nothing but a hashbang", "#!/usr/bin/env node\n[[run();]]\n"],
    ["nothing at all", "[[const apple = 1;]]"],
  ])("%s: deleted", (_name, before) => {
    const { text, edits } = readMarks(before);
    expect(mergeEdits(edits, { [file]: text })).toEqual([{ kind: "delete", file }]);
  });

  test("a deleted file needs no text, and other edits of it are moot", () => {
    const { edits } = readMarks("[[const apple = 1;]]\nrun();\n");
    expect(mergeEdits([...edits, { kind: "delete-file", file }], {})).toEqual([{ kind: "delete", file }]);
  });

  test("edits that come to nothing leave the file out", () => {
    const { text, edits } = readMarks('{{1|import { <<?a|apple>> } from "./apple.js";}}\nrun(@a@apple);\n');
    expect(mergeEdits(edits, { [file]: text })).toEqual([]);
  });

  test("files come in the order of their names", () => {
    const edits: Edit[] = ["b.ts", "a.ts", "a-b.ts"].map((name) => ({ kind: "delete-file", file: name }));
    expect(mergeEdits(edits, {}).map((change) => change.file)).toEqual(["a-b.ts", "a.ts", "b.ts"]);
  });
});

describe("faults of a pass", () => {
  test.each([
    ["two texts for one span", "<[one();|<[two();|const apple = 1;]>]>\nrun();\n", /two different things/],
    ["spans that change in part", "", /go in part and .* change in part/],
  ])("%s", (_name, before, message) => {
    const { text, edits } =
      before === ""
        ? {
            text: "const apple = 1;\n",
            edits: [
              { kind: "remove", file, span: { start: 0, end: 10 } },
              { kind: "replace", file, span: { start: 6, end: 16 }, text: "x" },
            ] satisfies Edit[],
          }
        : readMarks(before);
    expect(findContradiction(edits)).toMatch(message);
    expect(() => mergeEdits(edits, { [file]: text })).toThrow(message);
  });

  test.each([
    ["a text that is missing", "src/pear.ts", { start: 0, end: 1 }, /text of src\/pear.ts was not given/],
    ["a span behind the end", file, { start: 0, end: 99 }, /does not fit/],
    ["a span that ends before it starts", file, { start: 3, end: 1 }, /does not fit/],
  ])("%s", (_name, name, span, message) => {
    expect(() => mergeEdits([{ kind: "remove", file: name, span }], { [file]: "run();\n" })).toThrow(message);
  });

  test("a list about whose size its edits disagree", () => {
    const { text, edits } = readMarks("{{2|const <<apple = 1>>, <<banana = 2>>;}}\n");
    const wrong = edits.map((edit, index) => (edit.kind === "remove-item" ? { ...edit, size: index + 2 } : edit));
    expect(() => mergeEdits(wrong, { [file]: text })).toThrow(/disagree/);
  });
});
