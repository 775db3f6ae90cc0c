import { isTellingGlob, looksLikePath, pathPattern } from "./path-texts.ts";
import { unknownPart } from "./module.ts";
import { nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";
import type { Walk } from "./sink.ts";

/** A literal: a string may be a path, a name looked up at run time, or code and queries with names in them. */
export function visitLiteral(node: SyntaxNode, { sink }: Walk): void {
  const text = textAt(node, "value");
  if (text === undefined) return;
  const path = text.startsWith("<rootDir>/") ? text.replace("<rootDir>/", "./") : text;
  if (looksLikePath(path))
    sink.reference({ at: node.start, kind: isTellingGlob(path) ? "pattern" : "string", text: path });
  if (/^[A-Za-z_$][\w$]*$/.test(text)) {
    if (text.length > 2) sink.word(text);
    sink.member(text, node.start, "loose");
  } else mentionWords(text, node.start, { sink });
}

/** A template: what stands around its unknown parts may be a path or the start or end of a name. */
export function visitTemplate(node: SyntaxNode, walk: Walk): void {
  const { sink } = walk;
  const text = pathPattern(node);
  // `/api/${id}` is a route far more often than a file: with unknown parts only what plainly is a path counts.
  const isPlain = text !== undefined && (!text.includes("*") || /^(\.\.?|[@~])\/|\.[cm]?[jt]sx?$/.test(text));
  if (isPlain && looksLikePath(text))
    sink.reference({ at: node.start, kind: text.includes("*") ? "glob" : "string", text });
  const parts = nodesAt(node, "quasis").map(cookedText);
  for (const part of parts) mentionWords(part, node.start, walk);
  if (parts.length > 1) mentionComposed([parts[0] ?? "", parts.at(-1) ?? ""], node.start, walk);
  for (const expression of [...nodesAt(node, "expressions"), ...nodesAt(node, "types")]) walk.into(expression);
}

/** `"get" + name` and `type + "Changed"` compose names. */
export function visitBinary(node: SyntaxNode, walk: Walk): void {
  const sides = [nodeAt(node, "left"), nodeAt(node, "right")] as const;
  if (textAt(node, "operator") === "+") {
    const [before = "", behind = ""] = sides.map((side) =>
      side?.type === "Literal" ? textAt(side, "value") : undefined,
    );
    mentionComposed([before, behind], node.start, walk);
  }
  for (const side of sides) walk.into(side);
}

function cookedText(quasi: SyntaxNode): string {
  const value = quasi["value"];
  return typeof value === "object" && value !== null && "raw" in value && typeof value.raw === "string"
    ? value.raw
    : "";
}

function mentionWords(text: string, at: number, { sink }: Pick<Walk, "sink">): void {
  for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) sink.member(word, at, "loose");
}

/** Known text at both ends of a name that is composed at run time. */
function mentionComposed([before, behind]: readonly [string, string], at: number, { sink }: Walk): void {
  const known = before + behind;
  if (/^[\w$]+$/.test(known)) sink.member(before + unknownPart + behind, at, "loose");
}
