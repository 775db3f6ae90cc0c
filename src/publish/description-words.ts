import { clip, codeSpan, proseWithCode } from "../core/markdown.ts";

export const longestName = 120;
const longestSentence = 300;

/** A name of the repository in a description. */
export function name(text: string): string {
  return codeSpan(clip(text, longestName));
}

/** A sentence with names in it. */
export function prose(text: string): string {
  return proseWithCode(clip(text, longestSentence));
}
