import type { Span } from "../core/edit.ts";
import type { PartChange } from "./module.ts";
import type { Constants } from "./constants.ts";
import { children, textAt, type SyntaxNode } from "./syntax.ts";

/** Code that is never reached, or a choice that always falls the same way, with the change that takes it away. */
export type DeadCode = {
  /** Where it begins, for people. */
  readonly at: number;
  /** What it is, in the words of the code: `if (DEBUG)`, `behind return`. */
  readonly label: string;
  readonly because: string;
  /** The text that goes. */
  readonly spans: readonly Span[];
  readonly changes: readonly PartChange[];
  /** Names of the constants and flags that it rests on. */
  readonly via: readonly string[];
  /** Something is never reached; else only the question goes, and the answer stays. */
  readonly isDead: boolean;
  /** Why somebody may mean to turn it back. */
  readonly doubt?: string;
};

/** What looking for dead code in one file needs. */
export type Search = {
  readonly text: string;
  readonly constants: Constants;
  readonly found: DeadCode[];
};

/** Where a node stands, as far as it matters for what may take its place. */
export type Place = {
  /** The node whose list of statements it is in. */
  readonly list?: SyntaxNode;
  /** The `if` whose `else` it is. */
  readonly elseOf?: SyntaxNode;
  /** Only whether its value is truthy matters. */
  readonly isTest?: boolean;
  /** An expression of any precedence may stand there. */
  readonly isFree?: boolean;
  /** It is read there and nothing else, and a literal could take its place. */
  readonly isRead?: boolean;
  /** Nobody takes its value. */
  readonly isVoid?: boolean;
  /** A brace or a keyword at its start would be read as something else: an arrow's body, a statement. */
  readonly isStart?: boolean;
  /** The container of JSX whose only content it is, between tags. */
  readonly child?: SyntaxNode;
};

/** Whether a variable or function in it can be seen around it: then it is more than what it does. */
export function hoistsOut(node: SyntaxNode): boolean {
  if (node.type === "VariableDeclaration" && textAt(node, "kind") === "var") return true;
  if (node.type === "FunctionDeclaration") return true;
  if (/Function|^Class/.test(node.type)) return false;
  return children(node).some(hoistsOut);
}

/** A node with the brackets around it, up to the edges of `outer`. */
export function withParentheses(text: string, node: Span, outer: Span): Span {
  let span = { start: node.start, end: node.end };
  for (;;) {
    const before = text.slice(outer.start, span.start).trimEnd();
    const behind = text.slice(span.end, outer.end);
    if (!before.endsWith("(") || !behind.trimStart().startsWith(")")) return span;
    span = { start: outer.start + before.length - 1, end: span.end + behind.indexOf(")") + 1 };
  }
}

/** What goes of a span of which a part is kept. */
export function around(span: Span, keep: Span): readonly Span[] {
  return [
    { start: span.start, end: keep.start },
    { start: keep.end, end: span.end },
  ].filter(({ start, end }) => start < end);
}

/** The literals in a node whose lines must not move. */
export function rigidIn(node: SyntaxNode, text: string): readonly Span[] {
  const isText = node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node["value"] === "string");
  if (isText && text.slice(node.start, node.end).includes("\n")) return [{ start: node.start, end: node.end }];
  return children(node).flatMap((child) => rigidIn(child, text));
}

/** A stretch of code on one line, as a name. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}

/** `x || true` and `false && x`: a condition to which somebody has added its answer. */
export function turnedByHand(test: SyntaxNode | undefined): { readonly doubt?: string } {
  const isAnswer = (node: SyntaxNode) => node.type === "Literal" && typeof node["value"] === "boolean";
  const hasAnswer = (node: SyntaxNode): boolean =>
    node.type === "LogicalExpression" && children(node).some((child) => isAnswer(child) || hasAnswer(child));
  return test !== undefined && hasAnswer(test)
    ? { doubt: "a condition with true or false added to it looks like one that is switched by hand" }
    : {};
}

/** The reason in words. */
export function sayWhy(
  test: SyntaxNode,
  truthy: boolean,
  { search, via }: { search: Search; via: readonly string[] },
): string {
  const always = `${shorten(search.text.slice(test.start, test.end))} is always ${truthy ? "truthy" : "falsy"}`;
  return via.length === 0 ? always : `${always}, since ${[...new Set(via)].join(" and ")} never changes`;
}
