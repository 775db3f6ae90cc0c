import type { Span } from "../core/edit.ts";
import { lineEnd, lineStart } from "./comments.ts";
import type { Substitution } from "./removal.ts";
import { contains } from "./spans.ts";

/** Formatters break lines at 80 columns or more, so a shorter list with a line for each name was written so by choice. */
const narrowest = 80;

/**
 * A formatter gives each name of an import or export its own line only when they do not fit on one: when enough of them
 * go, the rest moves back to one line, or the repository's format check would fail. Null when that is not so.
 */
export function collapseList(text: string, owner: Span, items: readonly Span[]): Substitution | null {
  const head = /^(?:import|export)\b[^{}'"]*\{/.exec(text.slice(owner.start, owner.end));
  if (head === null) return null;
  const open = owner.start + head[0].length;
  const close = text.indexOf("}", open);
  const body = text.slice(open, close);
  const braces = { start: open - 1, end: close + 1 };
  if (
    !/^[ \t]*\r?\n(?:[ \t]*[^,\n{}/]+,?[ \t]*\r?\n)+[ \t]*$/.test(body) ||
    !items.every((item) => contains(braces, item))
  )
    return null;
  const names = [...body.matchAll(/[^\s,][^,\n\r]*/g)].map((match) => ({
    at: open + match.index,
    name: match[0].trim(),
  }));
  const kept = names.filter(({ at }) => !items.some(({ start, end }) => start <= at && at < end));
  if (kept.length === 0 || kept.length === names.length) return null;
  const lengthOf = (words: typeof names) =>
    open - lineStart(text, open) + listOf(text, words).length - 1 + lineEnd(text, close) - close - 1;
  if (lengthOf(names) <= narrowest) return null;
  const isAlone = kept.length === 1 && /^(?:import|export)(?:\s+type)?\s*\{$/.test(head[0]);
  if (!isAlone && lengthOf(kept) > Math.max(narrowest, longestList(text, lengthOf(names)))) return null;
  return { ...braces, text: listOf(text, kept) };
}

function listOf(text: string, words: readonly { readonly name: string }[]): string {
  const space = /^(?:import|export)\b[^{}\n]*\{[^\s}]/m.test(withoutMark(text)) ? "" : " ";
  return `{${space}${words.map(({ name }) => name).join(", ")}${space}}`;
}

/** The longest list on one line shows how wide lines may be here, if it is narrower than what was broken. */
function longestList(text: string, broken: number): number {
  const lines = withoutMark(text).match(/^(?:import|export)\b[^{}\n]*\{[^{}\n,]*,[^{}\n]*\}[^\n\r]*/gm) ?? [];
  return Math.max(0, ...lines.map((line) => line.length).filter((length) => length < broken));
}

function withoutMark(text: string): string {
  return text.slice(lineStart(text, 0));
}
