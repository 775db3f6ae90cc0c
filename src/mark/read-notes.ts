import type { Span } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import { mayHoldCommentedCode } from "./commented-code.ts";
import { mayHaveDirectives } from "./directives.ts";
import { isAsidePath, isTestPath } from "./paths.ts";
import { eachChild, nodeAt, type Comment, type Syntax, type SyntaxNode } from "./syntax.ts";

/** The comments of a file and the code around them; read where a comment may be garbage, with the rest of the file. */
export type Notes = {
  readonly comments: readonly Comment[];
  /** Braces between tags of JSX that hold nothing but a comment. */
  readonly braces: readonly Span[];
  /** How far the code reaches that begins on a line, by the number of the line; 0 where none begins. */
  readonly endsByLine: readonly number[];
};

type Source = { readonly file: RepoPath; readonly text: string; readonly lineStarts: readonly number[] };
type Parsed = Extract<Syntax, { readonly kind: "parsed" }>;

/** Undefined for a file without such comments, and for one without any code. */
export function readNotes({ body, comments }: Parsed, { file, text, lineStarts }: Source): Notes | undefined {
  if (body.length === 0 || !isWorthNoting(file, text)) return undefined;
  const braces: Span[] = [];
  const endsByLine = [0, ...lineStarts.map(() => 0)];
  let line = 1;
  const pending: SyntaxNode[] = [...body];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const { start, end } = node;
    // Nodes come nearly in the order of their text, so the line is never far.
    while ((lineStarts[line] ?? Infinity) <= start) line += 1;
    while ((lineStarts[line - 1] ?? 0) > start) line -= 1;
    endsByLine[line] = Math.max(endsByLine[line] ?? 0, end);
    if (isEmptyBraces(node)) braces.push({ start, end });
    eachChild(node, (child) => {
      pending.push(child);
    });
  }
  return { comments, braces, endsByLine };
}

function isWorthNoting(file: RepoPath, text: string): boolean {
  // Code that a test has as a comment is an example.
  return mayHaveDirectives(text) || (!isAsidePath(file) && !isTestPath(file) && mayHoldCommentedCode(text));
}

function isEmptyBraces(node: SyntaxNode): boolean {
  return node.type === "JSXExpressionContainer" && nodeAt(node, "expression")?.type === "JSXEmptyExpression";
}
