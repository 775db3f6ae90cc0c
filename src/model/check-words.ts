import type { Material } from "../core/material.ts";
import type { PlainWords, PlainWordsAnswer } from "../core/plain-words.ts";
import { unfounded } from "./true-words.ts";

const longestTheme = 50;
const longestReason = 400;

/** Words that promise what only a proof can show, and none was shown to the model. */
const promises = /\b(?:safe|safely|proven|guarantee[ds]?|certain|certainly|tested|verified|never used|100)\b/i;

/**
 * What can be used of the words of a model: no number, since code counts; no name that it was not shown; no promise. What
 * falls short is dropped, each by itself; null: all of it.
 */
export function checkWords({ theme, reason }: PlainWordsAnswer, given: Material, model: string): PlainWords | null {
  const names = [...given.items.flatMap(({ text, place }) => [text, place]), JSON.stringify(given.facts)];
  const check = (text: string, longest: number): string => {
    const line = text.replace(/\s+/g, " ").trim();
    const isTrue =
      line.length <= longest && !promises.test(line) && unfounded(line, { names, numbers: [] }).length === 0;
    return isTrue ? line : "";
  };
  const words = { model, theme: check(theme, longestTheme).replace(/\.$/, ""), reason: check(reason, longestReason) };
  return words.theme === "" && words.reason === "" ? null : words;
}
