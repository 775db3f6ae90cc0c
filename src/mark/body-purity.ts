import { purityOf, type Purity, type PurityContext } from "./purity.ts";
import { children, isNode, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

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
export function bodyPurity(fn: SyntaxNode, context: PurityContext): Purity {
  if (fn["async"] === true || fn["generator"] === true) return null;
  const conditions: string[] = [];
  const pending: SyntaxNode[] = [...nodesAt(fn, "params"), ...[nodeAt(fn, "body")].filter(isNode)];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (impureInBody.has(node.type) || isOuterWrite(node)) return null;
    if (node.type === "CallExpression" || node.type === "NewExpression") {
      const purity = purityOf(node, context);
      if (purity === null) return null;
      conditions.push(...purity);
    } else if (!isFunction(node)) pending.push(...children(node));
  }
  return conditions;
}

function isFunction(node: SyntaxNode): boolean {
  return (
    node.type === "ArrowFunctionExpression" || node.type === "FunctionExpression" || node.type === "FunctionDeclaration"
  );
}

/** Any assignment counts: telling a local variable from an outer one is not worth being wrong once. */
function isOuterWrite(node: SyntaxNode): boolean {
  return (
    node.type === "AssignmentExpression" ||
    node.type === "UpdateExpression" ||
    (node.type === "UnaryExpression" && textAt(node, "operator") === "delete")
  );
}
