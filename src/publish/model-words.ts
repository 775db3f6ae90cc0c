import { codeSpan, escapeMarkdown } from "../core/markdown.ts";
import type { CandidateId } from "../core/names.ts";
import type { Opinion } from "../core/opinion.ts";
import type { PlainWords } from "../core/plain-words.ts";

/** What a model has to say of a pull request; it says whose words they are, since nothing else there is an opinion. */
export type ModelWords = { readonly opinions: readonly Opinion[]; readonly words: PlainWords | null };

/** Why the code may go, in words. */
export function reasonInWords({ words }: ModelWords): readonly string[] {
  if (words === null || words.reason === "") return [];
  return [`**In words of ${codeSpan(words.model)}:** ${escapeMarkdown(words.reason)}`];
}

/** What it objects to is not proposed, so an opinion on what is proposed has nothing against it. */
export function opinionOn({ opinions }: ModelWords, wanted: CandidateId): readonly string[] {
  const opinion = opinions.find(({ id }) => id === wanted);
  if (opinion === undefined) return [];
  return [`Second opinion: ${codeSpan(opinion.model)} was shown it and objects to nothing.`];
}
