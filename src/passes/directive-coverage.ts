import type { Span } from "../core/edit.ts";
import type { Directive } from "../mark/directives.ts";
import { lineAt, type Module } from "../mark/module.ts";
import type { Notes } from "../mark/read-notes.ts";
import { commentSpan } from "./comment-span.ts";

/** What a directive covers, as text. */
type Covered = {
  /** The code that begins there, up to its end, with blanks for comments. */
  readonly code: string;
  /** The same with its comments. */
  readonly whole: string;
};

/** Answers what directives cover in one file. */
export type Coverage = {
  /** The stretch of a directive for a line, the next line or up to `end`. */
  readonly of: (directive: Directive, end: number) => Covered;
  /** The code behind a directive, on its line or on the next line that has any. */
  readonly behind: (directive: Directive) => string;
  readonly lineOf: (position: number) => number;
};

/** Prepares a file. */
export function createCoverage(module: Module, notes: Notes): Coverage {
  const { text, lineStarts } = module;
  const code = blankOut(
    text,
    notes.comments.map(({ span }) => span),
  );
  const lineOf = (position: number) => lineAt(module, position);
  const startOf = (line: number) => lineStarts[line - 1] ?? text.length;
  const stretch = (start: number, end: number): Covered => {
    const limit = Math.min(end, text.length);
    let furthest = limit;
    for (let line = lineOf(start); startOf(line) < limit; line += 1)
      furthest = Math.max(furthest, notes.endsByLine[line] ?? 0);
    return { code: code.slice(start, furthest), whole: text.slice(start, furthest) };
  };
  const of = ({ comment, scope }: Directive, end: number): Covered => {
    const first = lineOf(comment.span.start);
    const last = lineOf(comment.span.end - 1);
    if (scope === "line") return stretch(startOf(first), startOf(last + 1));
    return scope === "next-line" ? stretch(startOf(last + 1), startOf(last + 2)) : stretch(comment.span.end, end);
  };
  const behind = ({ comment }: Directive): string => {
    const rest = code.slice(commentSpan(notes, text, comment.span).end).trimStart();
    const end = rest.indexOf("\n");
    return end === -1 ? rest : rest.slice(0, end);
  };
  return { of, behind, lineOf };
}

function blankOut(text: string, spans: readonly Span[]): string {
  let result = "";
  let at = 0;
  for (const { start, end } of spans) {
    result += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, " ");
    at = end;
  }
  return result + text.slice(at);
}
