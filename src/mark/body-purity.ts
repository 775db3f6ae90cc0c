import { purityOf, type Purity, type PurityContext } from "./purity.ts";
import { children, isFunctionNode, isNode, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

/** Statements and expressions that a function may hold and still have no effect outside itself. */
const impureInBody = new Set([
  "ThrowStatement",
  "AwaitExpression",
  "YieldExpression",
  "ImportExpression",
  "ThisExpression",
  "TaggedTemplateExpression",
  "Super",
  "WithStatement",
]);

/** Whether calling a function does nothing that can be noticed but return a value. */
export function bodyPurity(fn: SyntaxNode, outer: PurityContext): Purity {
  if (fn["async"] === true || fn["generator"] === true) return null;
  const calls: SyntaxNode[] = [];
  const pending: SyntaxNode[] = [...nodesAt(fn, "params"), ...[nodeAt(fn, "body")].filter(isNode)];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (impureInBody.has(node.type) || isOuterWrite(node)) return null;
    if (node.type === "CallExpression" || node.type === "NewExpression") calls.push(node);
    else if (!isFunctionNode(node)) for (const child of children(node)) pending.push(child);
  }
  return calls.length === 0 ? [] : callsPurity(calls, fn, outer);
}

/** A name that is bound anywhere inside shadows; which block it is bound in is not worth being wrong once. */
function callsPurity(calls: readonly SyntaxNode[], fn: SyntaxNode, outer: PurityContext): Purity {
  const context = { ...outer, within: [...(outer.within ?? []), fn] };
  const conditions: string[] = [];
  for (const call of calls) {
    const purity = purityOf(call, context);
    if (purity === null) return null;
    conditions.push(...purity);
  }
  return conditions;
}

/** Any assignment counts: telling a local variable from an outer one is not worth being wrong once. */
function isOuterWrite(node: SyntaxNode): boolean {
  return (
    node.type === "AssignmentExpression" ||
    node.type === "UpdateExpression" ||
    (/^For(Of|In)Statement$/.test(node.type) && nodeAt(node, "left")?.type !== "VariableDeclaration") ||
    (node.type === "UnaryExpression" && textAt(node, "operator") === "delete")
  );
}
