import type { Span } from "../core/edit.ts";
import { unite } from "./spans.ts";

const token =
  /(?<comment>\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$))|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`(?:[^`\\]|\\[\s\S])*`?|(?<slash>\/)|[\p{ID_Continue}$]+|\s+|[\s\S]/uy;
const regularExpression = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const beforeExpression = /(?:[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|void|delete|await|yield))$/;

/**
 * Comments inside a declaration, read forward from its start; `opaque` spans are jumped over. It knows strings, templates
 * and regular expressions but not JSX text, where an apostrophe may hide a comment up to the end of its line.
 */
export function findComments(text: string, range: Span, opaque: readonly Span[]): readonly Span[] {
  const comments: Span[] = [];
  const jumps = new Map(unite(opaque, (outer) => outer).map(({ start, end }) => [start, end]));
  let before = "";
  for (let at = range.start; at < range.end;) {
    const jump = jumps.get(at);
    if (jump !== undefined) {
      at = Math.max(jump, at + 1);
      before = "";
      continue;
    }
    token.lastIndex = at;
    const match = token.exec(text);
    const word = match?.[0] ?? text.slice(at, at + 1);
    const end = match?.groups?.["slash"] === undefined ? at + word.length : endOfSlash(text, at, before);
    if (match?.groups?.["comment"] !== undefined) comments.push({ start: at, end });
    else if (word.trim() !== "") before = word;
    at = end;
  }
  return comments;
}

/** A slash begins a regular expression where a value is expected, else it divides. */
function endOfSlash(text: string, at: number, before: string): number {
  if (before !== "" && !beforeExpression.test(before)) return at + 1;
  regularExpression.lastIndex = at;
  return at + (regularExpression.exec(text)?.[0].length ?? 1);
}
