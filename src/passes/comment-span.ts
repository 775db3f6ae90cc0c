import type { Span } from "../core/edit.ts";
import { children, nodeAt, type Syntax, type SyntaxNode } from "../mark/syntax.ts";

type Parsed = Extract<Syntax, { readonly kind: "parsed" }>;

/** What goes for a comment to be gone: between tags of JSX the braces around it as well. */
export function commentSpan({ body }: Parsed, text: string, span: Span): Span {
  if (!/\{\s*$/.test(text.slice(0, span.start)) || !/^\s*\}/.test(text.slice(span.end))) return span;
  return body.map((node) => findEmptyContainer(node, span)).find((found) => found !== undefined) ?? span;
}

/** A container of JSX that holds nothing but the comment. */
function findEmptyContainer(node: SyntaxNode, span: Span): Span | undefined {
  if (node.start > span.start || node.end < span.end) return undefined;
  if (node.type === "JSXExpressionContainer" && nodeAt(node, "expression")?.type === "JSXEmptyExpression")
    return { start: node.start, end: node.end };
  return children(node)
    .map((child) => findEmptyContainer(child, span))
    .find((found) => found !== undefined);
}
