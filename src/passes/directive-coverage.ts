import type { Span } from "../core/edit.ts";
import type { Directive } from "../mark/directives.ts";
import type { Module } from "../mark/module.ts";
import { commentSpan } from "./comment-span.ts";
import { children, type Syntax, type SyntaxNode } from "../mark/syntax.ts";

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

/** Prepares a parsed file. */
export function createCoverage(module: Module, syntax: Extract<Syntax, { readonly kind: "parsed" }>): Coverage {
  const { text, lineStarts } = module;
  const code = blankOut(
    text,
    syntax.comments.map(({ span }) => span),
  );
  const ends = endsByLine(syntax.body, module);
  const lineOf = (position: number) => lineStarts.findLastIndex((start) => start <= position) + 1;
  const startOf = (line: number) => lineStarts[line - 1] ?? text.length;
  const stretch = (start: number, end: number): Covered => {
    const limit = Math.min(end, text.length);
    let furthest = limit;
    for (let line = lineOf(start); startOf(line) < limit; line += 1) furthest = Math.max(furthest, ends.get(line) ?? 0);
    return { code: code.slice(start, furthest), whole: text.slice(start, furthest) };
  };
  const of = ({ comment, scope }: Directive, end: number): Covered => {
    const first = lineOf(comment.span.start);
    const last = lineOf(comment.span.end - 1);
    if (scope === "line") return stretch(startOf(first), startOf(last + 1));
    return scope === "next-line" ? stretch(startOf(last + 1), startOf(last + 2)) : stretch(comment.span.end, end);
  };
  const behind = ({ comment }: Directive): string =>
    code
      .slice(commentSpan(syntax, text, comment.span).end)
      .trimStart()
      .split("\n")[0] ?? "";
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

/** How far the nodes reach that begin on each line. */
function endsByLine(body: readonly SyntaxNode[], { lineStarts }: Module): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const pending = [...body].reverse();
  let line = 1;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    // Nodes come nearly in the order of their text, so the line is never far.
    while ((lineStarts[line] ?? Infinity) <= node.start) line += 1;
    while ((lineStarts[line - 1] ?? 0) > node.start) line -= 1;
    ends.set(line, Math.max(ends.get(line) ?? 0, node.end));
    pending.push(...children(node).toReversed());
  }
  return ends;
}
