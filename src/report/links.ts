import { codeSpan } from "../core/markdown.ts";

/** A link where the target is a web address; a local page is named as a path, for it may be opened from anywhere. */
export function linkTo(url: string, markdown: string): string {
  return /^https?:\/\/[^\s<>()]+$/.test(url) ? `[${markdown}](${url})` : `${markdown} (${codeSpan(url)})`;
}
