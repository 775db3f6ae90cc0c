import type { Span } from "../core/edit.ts";
import { evaluate, isQuiet, type Constant } from "./constants.ts";
import {
  around,
  rigidIn,
  sayWhy,
  shorten,
  turnedByHand,
  withParentheses,
  type Place,
  type Search,
} from "./dead-code.ts";
import type { PartChange } from "./module.ts";
import { nodeAt, textAt, type SyntaxNode } from "./syntax.ts";

/** What is left of an expression that is known in part: one side of it. */
type Side = {
  readonly kept: SyntaxNode;
  readonly dead: SyntaxNode | undefined;
  readonly test: SyntaxNode;
  readonly value: Constant;
};

/** Takes the side of `? :`, `&&`, `||` and `??` that is never evaluated; returns the side that stays. */
export function foldExpression(node: SyntaxNode, place: Place, search: Search): SyntaxNode | undefined {
  const side = node.type === "ConditionalExpression" ? chosenSide(node, search) : logicalSide(node, place, search);
  if (side === undefined) return undefined;
  // A value that nobody takes is no reason to leave a name standing there.
  if (place.isVoid === true && side.kept === side.test) return undefined;
  if (isNothingToRender(side, node, place) && place.child !== undefined) {
    report(node, { ...side, change: { kind: "replace", span: spanOf(place.child), text: "", drops: true } }, search);
    return side.kept;
  }
  const change =
    place.child !== undefined && /^JSX/.test(side.kept.type)
      ? unwrapping(place.child, side.kept, spanOf(side.kept), search)
      : unwrapInPlace(node, side.kept, { place, search });
  if (change === undefined) return undefined;
  report(node, { ...side, change }, search);
  return side.kept;
}

/** A read of a flag that is over, where no choice is folded: its value is written out. */
export function foldRead(node: SyntaxNode, place: Place, search: Search): boolean {
  const value = place.isRead === true ? search.constants.flagRead(node) : undefined;
  const spelled = value?.exact?.value;
  if (value === undefined || spelled === undefined || typeof spelled === "bigint") return false;
  const change: PartChange = { kind: "replace", span: spanOf(node), text: JSON.stringify(spelled), drops: true };
  report(node, { kept: node, dead: undefined, test: node, value, change }, search);
  return true;
}

/** The statement `FLAG && run()` as a whole. */
export function foldStatement(node: SyntaxNode, place: Place, search: Search): boolean {
  const expression = nodeAt(node, "expression");
  if (expression?.type !== "LogicalExpression" || place.list === undefined) return false;
  const side = logicalSide(expression, {}, search);
  if (side === undefined || side.kept !== nodeAt(expression, "left") || !isQuiet(side.kept, search.constants))
    return false;
  report(expression, { ...side, change: { kind: "remove", span: spanOf(node) } }, search);
  return true;
}

function chosenSide(node: SyntaxNode, { constants }: Search): Side | undefined {
  const test = nodeAt(node, "test");
  const value = evaluate(test, constants);
  const kept = value && nodeAt(node, value.truthy ? "consequent" : "alternate");
  const dead = value && nodeAt(node, value.truthy ? "alternate" : "consequent");
  return test && value && kept && isQuiet(test, constants) ? { kept, dead, test, value } : undefined;
}

function logicalSide(node: SyntaxNode, place: Place, search: Search): Side | undefined {
  const [left, right] = [nodeAt(node, "left"), nodeAt(node, "right")];
  if (left === undefined || right === undefined) return undefined;
  const operator = textAt(node, "operator") ?? "";
  const value = evaluate(left, search.constants);
  if (value === undefined) return place.isTest === true ? neutralSide({ left, right, operator }, search) : undefined;
  if (takesLeft(operator, value)) return { kept: left, dead: right, test: left, value };
  return isQuiet(left, search.constants) ? { kept: right, dead: undefined, test: left, value } : undefined;
}

function takesLeft(operator: string, { truthy, nullish }: Constant): boolean {
  if (operator === "??") return !nullish;
  return truthy === (operator === "||");
}

type Operands = { readonly left: SyntaxNode; readonly right: SyntaxNode; readonly operator: string };

/** `x && true` and `x || false` are as truthy as x. */
function neutralSide({ left, right, operator }: Operands, { constants }: Search): Side | undefined {
  const value = operator === "??" ? undefined : evaluate(right, constants);
  const isNeutral = value !== undefined && value.truthy === (operator === "&&") && isQuiet(right, constants);
  return isNeutral ? { kept: left, dead: undefined, test: right, value } : undefined;
}

/** Between tags false, null and undefined are nothing. */
function isNothingToRender({ kept, value }: Side, node: SyntaxNode, { child }: Place): boolean {
  const isLeft = node.type === "LogicalExpression" && kept === nodeAt(node, "left");
  const shown = value.exact?.value;
  return (
    child !== undefined &&
    isLeft &&
    (shown === false || shown === null || shown === undefined) &&
    value.exact !== undefined
  );
}

type Where = { readonly place: Place; readonly search: Search };

function unwrapInPlace(node: SyntaxNode, kept: SyntaxNode, { place, search }: Where): PartChange | undefined {
  const { text } = search;
  const keep = keptText(node, kept, { place, search });
  if (place.isStart === true && !mayStart(text, keep.start)) return undefined;
  const outer = place.isFree !== true && isPrimary(kept) ? withOuterParentheses(text, node) : spanOf(node);
  return unwrapping(outer, kept, keep, search);
}

/** With its brackets where it needs them, and where it fills several lines. */
function keptText(node: SyntaxNode, kept: SyntaxNode, { place, search: { text } }: Where): Span {
  const closed = withParentheses(text, kept, node);
  if (place.isFree !== true) return isPrimary(kept) ? spanOf(kept) : closed;
  const isMultiline = text.slice(closed.start, closed.end).includes("\n");
  return isMultiline || kept.type === "SequenceExpression" ? closed : spanOf(kept);
}

/** What begins with a brace or such a word would be read as something else there. */
function mayStart(text: string, at: number): boolean {
  return /[\w$"'<]/.test(text[at] ?? "") && !/^(?:function|class|let|async)\b/.test(text.slice(at, at + 9));
}

function isPrimary({ type }: SyntaxNode): boolean {
  return /^(?:Identifier|MemberExpression|CallExpression|Literal|ThisExpression|TemplateLiteral|JSXElement|JSXFragment)$/.test(
    type,
  );
}

function withOuterParentheses(text: string, node: SyntaxNode): Span {
  const isClosed = text[node.start - 1] === "(" && text[node.end] === ")";
  return isClosed ? { start: node.start - 1, end: node.end + 1 } : spanOf(node);
}

function unwrapping(outer: Span, kept: SyntaxNode, keep: Span, { text }: Search): PartChange {
  return { kind: "unwrap", span: spanOf(outer), keep, rigid: rigidIn(kept, text) };
}

function report(
  node: SyntaxNode,
  { test, dead, value, change }: Side & { readonly change: PartChange },
  search: Search,
): void {
  search.found.push({
    at: node.start,
    label: shorten(search.text.slice(node.start, node.end)),
    because: sayWhy(test, value.truthy, { search, via: value.via }),
    spans: change.kind === "unwrap" ? around(change.span, change.keep) : [change.span],
    changes: [change],
    via: value.via,
    isDead: dead !== undefined,
    ...turnedByHand(test),
  });
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
