import type { DeadCode, Place, Search } from "./dead-code.ts";
import { foldExpression, foldRead, foldStatement } from "./dead-expressions.ts";
import { findBehindJump, foldIf, foldLoop, mayHoldDeadCode } from "./dead-statements.ts";
import type { Constants } from "./constants.ts";
import { children, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

/** Kinds of nodes that may choose between branches, or hold statements behind a jump. */
export const choosing: ReadonlySet<string> = new Set([
  "BlockStatement",
  "IfStatement",
  "ConditionalExpression",
  "LogicalExpression",
  "WhileStatement",
  "ForStatement",
  "SwitchStatement",
]);

type File = {
  readonly text: string;
  readonly body: readonly SyntaxNode[];
  /** The nodes that may choose between branches or hold statements behind a jump, in any order. */
  readonly choices: readonly SyntaxNode[];
  readonly constants: Constants;
  readonly mayReadFlags: boolean;
};

/** Finds the code of a file that is never reached whatever happens, outermost first. */
export function findDeadCode({ text, body, choices, constants, mayReadFlags }: File): readonly DeadCode[] {
  if (!mayReadFlags && !choices.some((node) => mayHoldDeadCode(node, { constants }))) return [];
  const search: Search = { text, constants, found: [] };
  const program = { type: "Program", start: 0, end: text.length, body };
  for (const statement of body) visit(statement, { list: program }, search);
  return withoutMereQuestions(search);
}

/**
 * A question whose answer is known is no dead code by itself: it goes along where something else dies by the same
 * constant, or where the owner wants the flag gone.
 */
function withoutMereQuestions({ found, constants }: Search): readonly DeadCode[] {
  const deadly = new Set(found.filter(({ isDead }) => isDead).flatMap(({ via }) => via));
  return found.filter(({ isDead, via }) => isDead || via.some((name) => deadly.has(name) || constants.isFlag(name)));
}

/** Positions that take any expression without brackets. */
const free: Readonly<Record<string, readonly string[]>> = {
  VariableDeclarator: ["init"],
  AssignmentExpression: ["right"],
  AssignmentPattern: ["right"],
  ReturnStatement: ["argument"],
  ThrowStatement: ["argument"],
  IfStatement: ["test"],
  WhileStatement: ["test"],
  DoWhileStatement: ["test"],
  ForStatement: ["test"],
  SwitchStatement: ["discriminant"],
  ArrowFunctionExpression: ["body"],
  CallExpression: ["arguments"],
  NewExpression: ["arguments"],
  ArrayExpression: ["elements"],
  Property: ["value"],
  PropertyDefinition: ["value"],
  ConditionalExpression: ["consequent", "alternate"],
  JSXExpressionContainer: ["expression"],
  TemplateLiteral: ["expressions"],
  ExpressionStatement: ["expression"],
};

/** Positions where only truth matters. */
const tested: Readonly<Record<string, string>> = {
  IfStatement: "test",
  ConditionalExpression: "test",
  WhileStatement: "test",
  DoWhileStatement: "test",
  ForStatement: "test",
};

/** Looks at a node that is reached. */
function visit(node: SyntaxNode, place: Place, search: Search): void {
  switch (node.type) {
    case "IfStatement":
      visitIf(node, place, search);
      return;
    case "WhileStatement":
    case "ForStatement":
      if (!foldLoop(node, place, search)) visitParts(node, place, search);
      return;
    case "ExpressionStatement":
      if (!foldStatement(node, place, search)) visitParts(node, place, search);
      return;
    case "ConditionalExpression":
    case "LogicalExpression": {
      const kept = foldExpression(node, place, search);
      if (kept === undefined) visitParts(node, place, search);
      else visit(kept, { ...place, isStart: true }, search);
      return;
    }
    default:
      if (!foldRead(node, place, search)) visitParts(node, place, search);
  }
}

function visitIf(node: SyntaxNode, place: Place, search: Search): void {
  const folded = foldIf(node, place, search);
  if (folded === undefined) visitParts(node, place, search);
  else if (folded.kept !== undefined) visitKept(folded.kept, place, search);
}

/** The statements of a branch that stays may come to stand in the list around it. */
function visitKept(branch: SyntaxNode, place: Place, search: Search): void {
  if (branch.type !== "BlockStatement") {
    visit(branch, place, search);
    return;
  }
  const list = place.list ?? branch;
  for (const statement of findBehindJump(branch, nodesAt(branch, "body"), search)) visit(statement, { list }, search);
}

function visitParts(node: SyntaxNode, place: Place, search: Search): void {
  if (node.type === "BlockStatement" || node.type === "StaticBlock" || node.type === "SwitchCase") {
    const test = nodeAt(node, "test");
    if (test !== undefined) visit(test, {}, search);
    const statements = nodesAt(node, node.type === "SwitchCase" ? "consequent" : "body");
    for (const statement of findBehindJump(node, statements, search)) visit(statement, { list: node }, search);
    return;
  }
  const freeChildren = new Set((free[node.type] ?? []).flatMap((key) => [nodeAt(node, key), ...nodesAt(node, key)]));
  for (const child of children(node))
    visit(child, placeOf(child, node, { place, isFree: freeChildren.has(child) }), search);
}

type Context = { readonly place: Place; readonly isFree: boolean };

function placeOf(child: SyntaxNode, parent: SyntaxNode, { place, isFree }: Context): Place {
  if (parent.type === "IfStatement" && nodeAt(parent, "alternate") === child) return { elseOf: parent };
  const isVoid = parent.type === "ExpressionStatement";
  const container = containerOf(child, parent, place);
  return {
    isTest: isTested(child, parent, place),
    isFree,
    isVoid,
    isRead:
      parent["shorthand"] !== true &&
      !isVoid &&
      (isFree || /^(?:Logical|Binary|Unary|Conditional)Expression$/.test(parent.type)),
    isStart: isVoid || (parent.type === "ArrowFunctionExpression" && isFree),
    ...(container === undefined ? {} : { child: container }),
  };
}

function isTested(child: SyntaxNode, parent: SyntaxNode, place: Place): boolean {
  if (parent.type === "LogicalExpression") return place.isTest === true;
  if (parent.type === "UnaryExpression") return textAt(parent, "operator") === "!";
  return nodeAt(parent, tested[parent.type] ?? "") === child;
}

/** Braces between tags, for themselves and for what they hold. */
function containerOf(child: SyntaxNode, parent: SyntaxNode, place: Place): SyntaxNode | undefined {
  if (parent.type === "JSXExpressionContainer") return place.child === parent ? parent : undefined;
  return /^JSX(?:Element|Fragment)$/.test(parent.type) && child.type === "JSXExpressionContainer" ? child : undefined;
}
