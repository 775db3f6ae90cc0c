import { lineEnd, lineStart, nextLine, skipTrivia } from "./comments.ts";
import type { Removal, Substitution } from "./removal.ts";

/**
 * Turns removals into substitutions after which the rest looks as if what went had never been there: whole lines go with
 * their line break, of two gaps of blank lines the wider one stays, and none is left at the edge of a block. Both lists
 * are sorted and no two of their spans overlap; the result is sorted too.
 */
export function tidyCuts(
  text: string,
  removals: readonly Removal[],
  substitutions: readonly Substitution[],
): readonly Substitution[] {
  const runs = joinRuns(text, removals);
  const rest = blankOut(text, runs);
  const cuts = runs.map((run, index) =>
    guardNextStatement({ text, rest }, run, cutRun(text, run), runs[index + 1]?.start),
  );
  return [...cuts, ...substitutions].toSorted((one, other) => one.start - other.start);
}

/** `gap`: the most blank lines in a row between its removals, as they are written. */
type Run = {
  readonly first: Removal;
  readonly hasStatement: boolean;
  readonly start: number;
  readonly end: number;
  readonly gap: string;
};

/** Removals with nothing but white space between them leave one gap. */
function joinRuns(text: string, removals: readonly Removal[]): readonly Run[] {
  const runs: Run[] = [];
  for (const removal of removals) {
    const last = runs.at(-1);
    if (last !== undefined && isJoined(text, last, removal))
      runs[runs.length - 1] = {
        ...last,
        hasStatement: last.hasStatement || removal.kind === "statement",
        end: removal.end,
        gap: widerGap(last.gap, text.slice(last.end, removal.start)),
      };
    else
      runs.push({
        first: removal,
        hasStatement: removal.kind === "statement",
        start: removal.start,
        end: removal.end,
        gap: "",
      });
  }
  return runs;
}

/** A comment behind code ends its line, whatever goes below. */
function isJoined(text: string, { first, start, end }: Run, next: Removal): boolean {
  const between = text.slice(end, next.start);
  if (between.trim() !== "") return false;
  return first.kind !== "comment" || !between.includes("\n") || text.slice(lineStart(text, start), start).trim() === "";
}

function widerGap(gap: string, between: string): string {
  const blankLines = between.slice(between.indexOf("\n") + 1, between.lastIndexOf("\n") + 1);
  return countLines(blankLines) > countLines(gap) ? blankLines : gap;
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}

function cutRun(text: string, run: Run): Substitution {
  const from = lineStart(text, run.start);
  const to = lineEnd(text, run.end);
  const isFreeBefore = text.slice(from, run.start).trim() === "";
  const isFreeBehind = text.slice(run.end, to).trim() === "";
  const cut = isFreeBefore && isFreeBehind ? cutLines(text, run) : cutWithinLine(text, run, isFreeBehind);
  return emptyBraces(text, cut);
}

function cutWithinLine(text: string, run: Run, isFreeBehind: boolean): Substitution {
  const from = lineStart(text, run.start);
  const before = text.slice(from, run.start).trimEnd();
  const behind = run.end + text.slice(run.end).search(/\S|$/);
  if (before === "") return { start: run.start, end: behind, text: "" };
  // The next item moves up to the keyword or brace whose line it now begins.
  if (isFreeBehind && run.first.kind === "head") return { start: run.start, end: behind, text: "" };
  const start = from + before.length;
  if (isFreeBehind) return { start, end: lineEnd(text, run.end), text: "" };
  if (run.first.kind === "comma") return { start, end: run.end, text: "" };
  const isGlued = start === run.start && /[\w$]/.test(text[start - 1] ?? "") && /[\w$]/.test(text[behind] ?? "");
  return { start: run.start, end: behind, text: isGlued ? " " : "" };
}

/** Whole lines go, and of the blank lines above, below and between only the widest gap stays. */
function cutLines(text: string, run: Run): Substitution {
  const start = lineStart(text, run.start);
  const end = nextLine(text, run.end);
  const above = blankLinesAbove(text, start);
  const below = blankLinesBelow(text, end);
  const isAtEnd = below.at >= text.length || /^[ \t]*[)}\]]/.test(text.slice(below.at, lineEnd(text, below.at)));
  if (opensBlock(text, above.at)) return { start, end: below.at, text: "" };
  if (isAtEnd) {
    const isCutShort = end >= text.length && !text.endsWith("\n");
    return { start: isCutShort ? withoutLineBreak(text, above.at) : above.at, end, text: "" };
  }
  const inner = countLines(run.gap);
  if (inner > above.count && inner > below.count) return { start: above.at, end: below.at, text: run.gap };
  return below.count <= above.count ? { start, end: below.at, text: "" } : { start: above.at, end, text: "" };
}

type Blanks = { readonly count: number; readonly at: number };

function blankLinesAbove(text: string, from: number): Blanks {
  let blanks: Blanks = { count: 0, at: from };
  for (let at = from; at > lineStart(text, 0);) {
    at = lineStart(text, at - 1);
    if (text.slice(at, blanks.at).trim() !== "") break;
    blanks = { count: blanks.count + 1, at };
  }
  return blanks;
}

function blankLinesBelow(text: string, from: number): Blanks {
  let blanks: Blanks = { count: 0, at: from };
  while (blanks.at < text.length && text.slice(blanks.at, lineEnd(text, blanks.at)).trim() === "")
    blanks = { count: blanks.count + 1, at: nextLine(text, blanks.at) };
  return blanks;
}

/** Whether nothing of the same block stands above the line that begins at `at`. */
function opensBlock(text: string, at: number): boolean {
  if (at <= lineStart(text, 0)) return true;
  const above = text.slice(lineStart(text, at - 1), at).trim();
  const isComment = /^(?:\/\/|\/\*|\*(?:[\s/]|$))|\*\/$/.test(above);
  return !isComment && /[({[:]$|=>$/.test(above.replace(/\s\/[/*].*$/, ""));
}

function withoutLineBreak(text: string, at: number): number {
  return at - (/\r?\n$/.exec(text.slice(Math.max(0, at - 2), at))?.[0].length ?? 0);
}

/** A block that nothing is left in becomes `{}`. */
function emptyBraces(text: string, cut: Substitution): Substitution {
  const before = text.slice(0, cut.start).trimEnd();
  const behind = cut.end + text.slice(cut.end).search(/\S|$/);
  const isEmpty = before.endsWith("{") && text[behind] === "}";
  return isEmpty ? { start: before.length, end: behind, text: "" } : cut;
}

/**
 * Without semicolons a line that begins with a bracket continues the line before it: what stood between them had kept
 * them apart, so a semicolon takes its place.
 */
function guardNextStatement(
  { text, rest }: { readonly text: string; readonly rest: string },
  run: Run,
  cut: Substitution,
  nextRun = text.length,
): Substitution {
  if (!run.hasStatement) return cut;
  const next = skipTrivia(text, cut.end);
  if (next >= nextRun || !/[([`+\-/]/.test(text[next] ?? "")) return cut;
  const above = codeBefore(rest, cut.start);
  if (above === "" || /[;{,:]$/.test(above)) return cut;
  // Behind a brace a computed method is one more member of a class; anything else may continue a function expression.
  if (above.endsWith("}") && /^\[[^\]\n]*\]\s*\(/.test(text.slice(next))) return cut;
  return { start: cut.start, end: next, text: `${cut.text}${text.slice(cut.end, next)};` };
}

/** The text with blanks for what goes, every position as before. */
function blankOut(text: string, runs: readonly Run[]): string {
  const parts = runs.map(({ start, end }, index) => {
    const kept = text.slice(runs[index - 1]?.end ?? 0, start);
    return kept + text.slice(start, end).replace(/[^\r\n]/g, " ");
  });
  return parts.join("") + text.slice(runs.at(-1)?.end ?? 0);
}

/** The last line of code above, without the comments on it and below it. */
function codeBefore(text: string, from: number): string {
  const lines = text.slice(0, from).split("\n");
  for (const line of lines.toReversed()) {
    const code = line
      .replace(/(?:^|\s)\/\/.*$/, "")
      .replace(/\/\*.*\*\/\s*$/, "")
      .trim();
    if (code !== "" && !/^\/?\*/.test(code) && !code.endsWith("*/")) return code;
  }
  return "";
}
