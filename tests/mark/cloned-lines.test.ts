import { expect, test } from "vitest";
import { countClonedLines } from "../../src/mark/cloned-lines.ts";

const lines = (count: number, word = "ripen") => Array.from({ length: count }, (_, index) => `${word}(${index});`);
const text = (...parts: readonly (readonly string[])[]) => parts.flat().join("\n");

test.each<readonly [string, readonly string[], number]>([
  ["nothing", [], 0],
  ["one file without a copy", [text(lines(40))], 0],
  ["a run in two files, both of them", [text(lines(8)), text(lines(2, "peel"), lines(8))], 16],
  ["a run twice in one file", [text(lines(7), lines(3, "peel"), lines(7))], 14],
  ["a run that is too short", [text(lines(5)), text(lines(5))], 0],
  ["a run in three files", [text(lines(6)), text(lines(6)), text(lines(6))], 18],
  ["a run whose copy is indented, spaced and commented", [text(lines(6)), lines(6).join("\n\n  // as above\n\t")], 12],
  ["a list of like lines", [text(Array.from({ length: 9 }, () => "ripen();"))], 0],
  ["the same imports", [text(lines(9, "import fruit")), text(lines(9, "import fruit"))], 0],
])("%s", (_what, texts, count) => {
  expect(countClonedLines(texts)).toBe(count);
});
