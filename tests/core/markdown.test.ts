import { expect, test } from "vitest";
import {
  clip,
  codeBlock,
  codeSpan,
  duration,
  escapeMarkdown,
  proseWithCode,
  table,
  wholeItems,
} from "../../src/core/markdown.ts";

test.each([
  ["plain words", "plain words"],
  ["a_b*c", "a\\_b\\*c"],
  ["<b> & [x](y)", "&lt;b&gt; &amp; \\[x\\](y)"],
  ["@ana and #12", "@\u200bana and \\#\u200b12"],
  ["see https://x.example", "see https:\u200b//x.example"],
  ["- not a list", "\\- not a list"],
  ["1. not a list", "1\\. not a list"],
  ["two\nlines", "two lines"],
  ["turned \u202egnol", "turned gnol"],
])("escapes %j", (text, markdown) => {
  expect(escapeMarkdown(text)).toBe(markdown);
});

test.each([
  ["pear", "`pear`"],
  ["a`b", "``a`b``"],
  ["`a``b`", "``` `a``b` ```"],
  ["", "` `"],
  ["a\nb", "`a b`"],
])("code span of %j", (text, markdown) => {
  expect(codeSpan(text)).toBe(markdown);
});

test("prose keeps its code spans and nothing else", () => {
  expect(proseWithCode("drop `a_b` and *c*, or ` alone")).toBe("drop `a_b` and \\*c\\*, or \\` alone");
});

test("cells cannot end early, blocks cannot either", () => {
  expect(table(["a|b"], [["`x|y`"], ["z\n"]])).toBe("| a\\|b |\n| --- |\n| `x\\|y` |\n| z  |");
  expect(codeBlock("a\r\n```\nb")).toBe("````text\na\n```\nb\n````");
});

test.each([
  ["short", 9, "short"],
  ["a long one", 6, "a lon…"],
  ["pear🍐pear", 6, "pear…"],
])("clips %j at %i", (text, length, clipped) => {
  expect(clip(text, length)).toBe(clipped);
});

test.each([
  [0, "0.0 s"],
  [940, "0.9 s"],
  [12_345, "12 s"],
  [185_000, "3 min 05 s"],
])("%i ms is %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test("items are kept whole", () => {
  const rest = (left: number) => `+${left}`;
  expect(wholeItems(["pear", "plum", "fig"], 100, rest)).toBe("pear\nplum\nfig");
  expect(wholeItems(["pear", "plum", "fig"], 10, rest)).toBe("pear\n+2");
  expect(wholeItems([], 0, rest)).toBe("");
});
