/*
 * Comments around a statement, found without a parser. Reading forward from the end of a statement, or from the start of
 * a file, is exact. Reading backward is done by lines, and only directly above a statement, where nothing but white
 * space and comments can stand; where that leaves a doubt, the comment counts as not attached and stays.
 */

/** The first position at or after `from` that is neither white space nor inside a comment. */
export function skipTrivia(text: string, from: number): number {
  const trivia = /(?:\s|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)*/y;
  trivia.lastIndex = from;
  return from + (trivia.exec(text)?.[0].length ?? 0);
}

/** The start of the line that a position is on; a byte order mark is no part of the first line. */
export function lineStart(text: string, at: number): number {
  const start = at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
  return start === 0 && text.startsWith("\uFEFF") ? 1 : start;
}

/** The end of the line that a position is on, before its line break. */
export function lineEnd(text: string, at: number): number {
  const feed = text.indexOf("\n", at);
  if (feed === -1) return text.length;
  return feed > at && text[feed - 1] === "\r" ? feed - 1 : feed;
}

/** The start of the next line, or the end of the text. */
export function nextLine(text: string, at: number): number {
  const feed = text.indexOf("\n", at);
  return feed === -1 ? text.length : feed + 1;
}

/** A comment that touches what stands below it, or on the same line after it. */
export type TouchingComment = { readonly start: number; readonly end: number };

/** The nearest comment that touches `at` from before, on the same line or on the lines above; null when none does. */
export function commentBefore(text: string, at: number, floor: number): TouchingComment | null {
  const start = lineStart(text, at);
  const inFront = text.slice(Math.max(start, floor), at);
  if (inFront.trim() !== "") return blockInFront(text, at, Math.max(start, floor));
  if (start <= floor) return null;
  const above = lineStart(text, start - 1);
  if (above < floor) return null;
  const line = text.slice(above, start).trimEnd();
  const code = above + line.search(/\S|$/);
  if (line.trimStart().startsWith("//")) return { start: code, end: above + line.length };
  if (!line.endsWith("*/")) return null;
  return blockAbove(text, above, floor, above + line.length);
}

/** A block comment directly in front on the same line. */
function blockInFront(text: string, at: number, from: number): TouchingComment | null {
  const before = text.slice(from, at).trimEnd();
  if (!before.endsWith("*/")) return null;
  const rest = before.slice(0, -2);
  const since = rest.lastIndexOf("*/") + 1;
  const open = rest.indexOf("/*", since === 0 ? 0 : since + 1);
  const inString = /["'`]/.test(rest.slice(0, Math.max(open, 0)));
  // Behind a quote the first `/*` may be text, and a comment cut in its middle would be worse than one left over.
  if (open === -1 || (inString && rest.indexOf("/*", open + 2) !== -1)) return null;
  return { start: from + open, end: from + before.length };
}

/** A block comment that ends on the line at `last` and begins on a line of its own. */
function blockAbove(text: string, last: number, floor: number, end: number): TouchingComment | null {
  const closesBefore = (line: string, isLast: boolean) => (isLast ? line.slice(0, -2) : line).includes("*/");
  let found: number | null = null;
  for (let at = last; at >= floor; at = lineStart(text, at - 1)) {
    const line = text.slice(at, at === last ? end : lineEnd(text, at));
    if (closesBefore(line, at === last)) break;
    // The topmost opening counts: an opening below it is text inside the comment.
    if (line.trimStart().startsWith("/*")) found = at + line.search(/\S/);
    if (at <= 1) break;
  }
  return found === null ? null : { start: found, end };
}

/** Where a comment on the rest of the line ends, when nothing but comments is left on it; else null. */
export function commentAfter(text: string, at: number): TouchingComment | null {
  const rest = text.slice(at, lineEnd(text, at));
  const match = /^[ \t]*((?:\/\*(?:(?!\*\/).)*\*\/[ \t]*)*(?:\/\/.*)?)$/.exec(rest);
  const comment = match?.[1]?.trimEnd();
  if (comment === undefined || comment === "") return null;
  const start = at + rest.search(/\S/);
  return { start, end: start + comment.length };
}

const wholeFile = [
  /^#!/,
  /^\/\/\/\s*</,
  /^\/\*!/,
  /\b(?:eslint|tslint|oxlint|stylelint)[-:](?:disable|enable)(?!-(?:next-)?line)/,
  /^\/\*\s*(?:eslint|eslint-env|globals?|exported)\s/,
  /\b(?:istanbul|c8|v8)\s+ignore\s+(?:file|start|stop)/,
  /\b(?:biome-ignore-(?:all|start|end)|prettier-ignore-(?:start|end)|deno-lint-ignore-file|nightsweep-keep-file)\b/,
  /^\/[/*]\s*#?(?:end)?region\b/i,
  /<\/?editor-fold/,
  /[#@]\s*source(?:Mapping)?URL=/,
  /@ts-(?:nocheck|check)\b/,
];

const fileHeader =
  /@(?:licen[sc]e|preserve|copyright|file|fileoverview|overview|module|packageDocumentation|jsx\w*|flow|noflow|format|generated|(?:vitest|jest)-environment)\b|\bcopyright\b|\blicen[sc]ed?\b|SPDX-License-Identifier/i;

/** Whether a comment speaks of the file or a region of it, so that it stays when the statement below it goes. */
export function speaksOfFile(text: string, { start, end }: TouchingComment): boolean {
  const comment = text.slice(start, end);
  if (wholeFile.some((pattern) => pattern.test(comment))) return true;
  return isAtTop(text, start) && fileHeader.test(headerGroup(text, start, end));
}

/** Whether nothing but comments stands above. */
export function isAtTop(text: string, start: number): boolean {
  const hashbang = /^\uFEFF?#![^\n]*/.exec(text)?.[0].length ?? 0;
  return skipTrivia(text, hashbang) >= start;
}

/** A header made of `//` lines is one comment: its first line may be the only one that says "Copyright". */
function headerGroup(text: string, start: number, end: number): string {
  let from = lineStart(text, start);
  while (from > 0 && /^[ \t]*\/\//.test(text.slice(lineStart(text, from - 1), from))) from = lineStart(text, from - 1);
  return text.slice(from, end);
}

/** Whether a comment instructs a tool about the next statement, so that it never outlives it. */
export function instructsNextLine(comment: string): boolean {
  return /(?:-ignore|-disable-next-line|-ignore-next-line|@ts-(?:ignore|expect-error))\b|ignore\s+(?:next|if|else)\b/.test(
    comment,
  );
}

/** Whether a comment is a banner over a section: a ruler, or a title between rulers. */
export function isBanner(comment: string): boolean {
  const isDocBlock = /^\/\*\*(?!\*)/.test(comment);
  return !isDocBlock && /([-=*#~─═━+])\1{3,}|\/{5,}/.test(comment);
}
