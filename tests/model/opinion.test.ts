import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskCode } from "../../src/core/mask-code.ts";
import type { Material } from "../../src/core/material.ts";
import { candidateId } from "../../src/core/names.ts";
import { objections, type OpinionAnswer } from "../../src/core/opinion.ts";
import { resolveOpinion } from "../../src/model/resolve-opinion.ts";
import { checkWords } from "../../src/model/check-words.ts";
import { unfounded } from "../../src/model/true-words.ts";

const about = { id: candidateId("unused-export:src/pear.ts#weighPear:0123456789ab-0123"), model: "scripted" };
const given: Material = {
  facts: { name: "weighPear", "age in days": 30 },
  items: [
    {
      ...{ source: "m1", kind: "code", place: "src/pear.ts", line: 4 },
      text: "// Wired up once the scales\n// arrive in spring.\nexport function weighPear() {}",
    },
    { source: "m2", kind: "mention", place: "docs/plan.md", line: 1, text: "- call `weighPear` from the till" },
  ],
};
const planned = (...citations: OpinionAnswer["citations"]): OpinionAnswer => ({
  ...{ verdict: "planned", reason: "The scales arrive in spring", citations },
});

describe("an objection", () => {
  test("stands on a quote that is there, at its line, whatever the white space", () => {
    const answer = planned(
      { source: "m1", quote: "the scales // arrive in   spring" },
      { source: "m2", quote: "`weighPear` from the till" },
    );
    expect(resolveOpinion(answer, given, about)).toEqual({
      ...about,
      verdict: "planned",
      reason: "The scales arrive in spring",
      citations: [
        { place: "src/pear.ts:4", quote: "the scales // arrive in spring" },
        { place: "docs/plan.md:1", quote: "`weighPear` from the till" },
      ],
    });
  });

  test.each([
    ["without a citation", planned()],
    ["with a quote that is not there", planned({ source: "m1", quote: "Wired up once the moon rises" })],
    ["with a quote of another item", planned({ source: "m2", quote: "Wired up once the scales" })],
    ["with a source that is not there", planned({ source: "m9", quote: "Wired up once the scales" })],
    ["with a quote that stands everywhere", planned({ source: "m1", quote: "weigh" })],
    ["with an empty quote", planned({ source: "m1", quote: "      //////      " })],
    [
      "from a principle that nobody wrote",
      { ...planned({ source: "m1", quote: "Wired up once the scales" }), verdict: "principle" } as const,
    ],
  ])("%s is none", (_name, answer) => {
    expect(resolveOpinion(answer, given, about)).toBeNull();
  });

  test.each(["It has 17 callers.", "`releasePear` needs it.", "See src/other.ts.", "Three teams want it."])(
    "whose reason says what was not shown is told in our words: %s",
    (reason) => {
      const answer = { ...planned({ source: "m1", quote: "Wired up once the scales" }), reason };
      expect(resolveOpinion(answer, given, about)?.reason).toBe(objections.planned);
    },
  );
});

test("no objection needs no citation, and its words are not repeated", () => {
  const answer: OpinionAnswer = { verdict: "no-objection", reason: "Delete everything!", citations: [] };
  expect(resolveOpinion(answer, given, about)).toEqual({
    ...about,
    verdict: "no-objection",
    reason: "",
    citations: [],
  });
});

test("whatever a model answers, what is cited stands in the material", () => {
  const texts = given.items.map(({ text }) => text.replace(/\s+/g, " "));
  const citation = fc.record({
    source: fc.constantFrom("m1", "m2", "m3"),
    quote: fc.oneof(fc.string(), fc.constantFrom("Wired up once the scales", "export function weighPear", "till")),
  });
  const answer = fc.record({
    verdict: fc.constantFrom("no-objection", "planned", "public-promise", "outside-hook", "principle"),
    reason: fc.string(),
    citations: fc.array(citation, { maxLength: 6 }),
  });
  fc.assert(
    fc.property(answer, (one) => {
      const opinion = resolveOpinion(one, given, about);
      const quotes = (opinion?.citations ?? []).map(({ quote }) => quote);
      return (
        quotes.every((quote) => texts.some((text) => text.includes(quote))) &&
        (opinion === null || opinion.verdict === "no-objection" || quotes.length > 0)
      );
    }),
    { numRuns: 500 },
  );
});

describe("words that say more than they may", () => {
  test.each([
    ["Removes 3 helpers of the old till", ["Removes 3 helpers", "the till"], []],
    ["Removes four helpers", ["Removes 4 helpers"], []],
    ["Removes 13 helpers", ["Removes 3 helpers"], ["13"]],
    ["Removes 3.5 helpers", ["Removes 3 helpers"], ["3.5"]],
    ["Drops `weighPear`", ["weighPear"], []],
    ["Drops `weighFig`", ["weighPear"], ["weighFig"]],
    ["Drops weighFig, too", ["weighPear"], ["weighFig"]],
    ["Drops src/fig.ts", ["src/pear.ts"], ["src/fig.ts"]],
    ["Asks @acme/pears", [""], ["@acme/pears"]],
    ["One is enough, e.g. in spring", [""], []],
  ])("%s, over %s", (text, grounds, expected) => {
    expect([...new Set(unfounded(text, { names: grounds, numbers: grounds }))]).toEqual(expected);
  });
});

describe("secrets in code", () => {
  test.each([
    ['const password = "correct horse battery";', 'const password = "***";'],
    ["apiKey: 'abc-def-ghi'", "apiKey: '***'"],
    ['process.env.TOKEN ?? "fallback-token"', 'process.env.TOKEN ?? "fallback-token"'],
    ['config["client_secret"] = `s3cr3t-value`', 'config["client_secret"] = `***`'],
    ["const hash = 'd41d8cd98f00b204e9800998ecf8427e';", "const hash = '***';"],
    [
      "import { x } from './a/very/long/path/to/some/module/index.ts';",
      "import { x } from './a/very/long/path/to/some/module/index.ts';",
    ],
    ["const tokenKind = kinds.pear;", "const tokenKind = kinds.pear;"],
    [
      "export function aVeryLongNameOfAFunctionThatSaysAllOfItself() {}",
      "export function aVeryLongNameOfAFunctionThatSaysAllOfItself() {}",
    ],
  ])("%s", (code, expected) => {
    expect(maskCode(code)).toBe(expected);
  });
});

describe("words for a pull request", () => {
  const shown: Material = { ...given, facts: { "what goes": ["src/pear.ts#weighPear: unused"] } };
  test("stand when they count nothing, name what was shown and promise nothing", () => {
    const words = {
      theme: "helpers of the old scales.",
      reason: "`weighPear` was written for scales that never came.",
    };
    expect(checkWords(words, shown, "scripted")).toEqual({
      model: "scripted",
      theme: "helpers of the old scales",
      reason: "`weighPear` was written for scales that never came.",
    });
  });

  test.each([
    ["a number", "2 helpers of the old scales"],
    ["a number in words", "three helpers of the old scales"],
    ["a name that is not there", "weighFig and its helpers"],
    ["a promise", "safe to delete"],
    ["too many words", "helpers of the old scales that were once in the cellar of the barn"],
    ["nothing", "   "],
  ])("are dropped for those of code when they have %s", (_name, theme) => {
    expect(checkWords({ theme, reason: "" }, shown, "scripted")).toBeNull();
    expect(checkWords({ theme, reason: "The scales never came." }, shown, "scripted")?.theme).toBe("");
  });
});
