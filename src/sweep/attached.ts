import type { Span } from "../core/edit.ts";
import {
  commentAfter,
  commentBefore,
  instructsNextLine,
  isAtTop,
  isBanner,
  lineEnd,
  lineStart,
  nextLine,
  skipTrivia,
  speaksOfFile,
} from "./comments.ts";
import type { Removal } from "./removal.ts";
import { unite } from "./spans.ts";

/**
 * Widens each removal to what belongs to it: its semicolon, the comments that touch it from above and the one behind it
 * on its line, and a banner whose section is now empty. `removals` are sorted and do not overlap.
 */
export function attachTrivia(text: string, removals: readonly Removal[]): readonly Removal[] {
  const ended = removals.map((removal) => withSemicolon(text, removal));
  const led = ended.map((removal, index) => {
    const floor = ended[index - 1]?.end ?? 0;
    return isBare(removal) ? removal : { ...removal, start: leadingStart(text, removal, { floor, ended }) };
  });
  const trailed = led.map((removal) => ({ ...removal, end: trailingEnd(text, removal, led) }));
  const united = unite(trailed, (one, other) => ({ ...one, end: Math.max(one.end, other.end) }));
  return united.map((removal) => ({ ...removal, start: bannerStart(text, removal, united) }));
}

function isBare({ kind }: Removal): boolean {
  return kind === "comma" || kind === "comment";
}

/**
 * A semicolon behind a statement is part of it, or stray once it is gone; so is one that stands before it on its line to
 * part it from the line above. The semicolons of a `for` and of an empty body are neither.
 */
function withSemicolon(text: string, removal: Removal): Removal {
  const before = text.slice(0, removal.start).trimEnd();
  if (removal.kind !== "statement" || before.endsWith("(")) return removal;
  const stray = /(?:[ \t]*;)*/y;
  stray.lastIndex = removal.end;
  const end = removal.end + (stray.exec(text)?.[0].length ?? 0);
  const from = lineStart(text, removal.start);
  const guard = /^[ \t]*(;)[ \t]*$/.exec(text.slice(from, removal.start));
  const above = text.slice(0, from).trimEnd();
  const isBody = /^[ \t]*(?:\}[ \t]*)?(?:for|while|if|else|do)\b/.test(
    text.slice(lineStart(text, above.length), above.length),
  );
  return { ...removal, start: guard === null || isBody ? removal.start : from + guard[0].indexOf(";"), end };
}

type Above = { readonly floor: number; readonly ended: readonly Removal[] };

function leadingStart(text: string, removal: Removal, { floor, ended }: Above): number {
  const headsImports = isFirstOfImports(text, removal, ended);
  let at = removal.start;
  for (let comment = commentBefore(text, at, floor); comment; comment = commentBefore(text, at, floor)) {
    const words = text.slice(comment.start, comment.end);
    if (!instructsNextLine(words)) {
      if (speaksOfFile(text, comment) || isBanner(words)) break;
      const isImport = removal.kind === "statement" && isImportAt(text, removal.start);
      if (isImport && (headsImports || isAtTop(text, comment.start))) break;
    }
    at = comment.start;
  }
  return at;
}

/** A comment over a block of imports is its heading while one of them stays. */
function isFirstOfImports(text: string, removal: Removal, ended: readonly Removal[]): boolean {
  let line = nextLine(text, removal.end);
  for (const next of ended) {
    if (next.start < line) continue;
    if (text.slice(line, next.start).trim() !== "" || text.slice(line, next.start).includes("\n")) break;
    line = nextLine(text, next.end);
  }
  return isImportAt(text, line + text.slice(line, lineEnd(text, line)).search(/\S|$/));
}

function isImportAt(text: string, at: number): boolean {
  return /^import\b(?!\s*\()/.test(text.slice(at, at + 8));
}

/** The comment behind goes along unless something that stays stands before it on the line. */
function trailingEnd(text: string, removal: Removal, removals: readonly Removal[]): number {
  if (isBare(removal)) return removal.end;
  const comment = commentAfter(text, removal.end);
  if (comment === null || speaksOfFile(text, comment)) return removal.end;
  if (removal.kind !== "head" && !isAloneBefore(text, removal.start, removals)) return removal.end;
  return continuedEnd(text, comment);
}

function isAloneBefore(text: string, at: number, removals: readonly Removal[]): boolean {
  const from = lineStart(text, at);
  const gone = removals.filter(({ start, end }) => end > from && start < at);
  let position = from;
  for (const { start, end } of gone) {
    if (text.slice(position, Math.max(start, position)).trim() !== "") return false;
    position = Math.max(position, end);
  }
  return text.slice(position, at).trim() === "";
}

/** A comment behind code may go on below, aligned with its first line. */
function continuedEnd(text: string, comment: Span): number {
  if (!text.startsWith("//", comment.start)) return comment.end;
  const column = comment.start - lineStart(text, comment.start);
  let { end } = comment;
  for (let line = nextLine(text, end); line < text.length; line = nextLine(text, end)) {
    const below = text.slice(line, lineEnd(text, line));
    if (!below.trimStart().startsWith("//") || below.search(/\S/) !== column) break;
    end = line + below.trimEnd().length;
  }
  return end;
}

/** A banner goes when everything between it and the next banner, the end of the block or of the file goes. */
function bannerStart(text: string, removal: Removal, removals: readonly Removal[]): number {
  const from = skipSpaceBack(text, removal.start);
  const comment = commentBefore(text, lineStart(text, nextLine(text, from)), 0);
  if (comment === null || removal.kind !== "statement") return removal.start;
  const group = bannerGroup(text, comment);
  return group === null || speaksOfFile(text, group) || !isSectionEmpty(text, removal.end, removals)
    ? removal.start
    : group.start;
}

/** The lines of a banner: a title may stand between two rulers. */
function bannerGroup(text: string, last: Span): Span | null {
  let group = last;
  let isRuled = isBanner(text.slice(last.start, last.end));
  for (let above = commentBefore(text, group.start, 0); above; above = commentBefore(text, group.start, 0)) {
    group = { start: above.start, end: last.end };
    isRuled ||= isBanner(text.slice(above.start, above.end));
  }
  return isRuled ? group : null;
}

function isSectionEmpty(text: string, from: number, removals: readonly Removal[]): boolean {
  let at = from;
  for (const { start, end } of removals) {
    if (start < at) continue;
    if (text.slice(at, start).trim() !== "") break;
    at = end;
  }
  const next = at + text.slice(at).search(/\S|$/);
  if (next >= text.length || text[next] === "}") return true;
  const comments = text.slice(next, skipTrivia(text, next));
  return isBanner(comments.split(/\n[ \t]*\r?\n/)[0] ?? "");
}

function skipSpaceBack(text: string, from: number): number {
  return text.slice(0, from).trimEnd().length;
}
