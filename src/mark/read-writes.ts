import type { Span } from "../core/edit.ts";
import type { PartChange } from "./module.ts";
import { purityOf, type PurityContext } from "./purity.ts";
import { children, identifiersIn, isFunctionNode, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

/** A statement that does nothing but set a field: what goes of it, and where it spells the name. */
export type Write = { readonly span: Span; readonly change: PartChange; readonly key: number };

/** The statements of a class that only set a field of its own object, by the name of the field. */
export function readWrites(body: SyntaxNode, context: PurityContext): ReadonlyMap<string, readonly Write[]> {
  const writes = new Map<string, Write[]>();
  const visit = (node: SyntaxNode, method: SyntaxNode) => {
    for (const statement of statementsOf(node, method)) {
      const found = readWrite(statement, method, context);
      if (found !== undefined) writes.set(found.name, [...(writes.get(found.name) ?? []), found.write]);
    }
    // A function of its own has another `this`.
    for (const child of children(node)) if (!hasOwnThis(child)) visit(child, method);
  };
  for (const member of nodesAt(body, "body")) {
    const method = nodeAt(member, "value");
    if (member["static"] !== true && isFunctionNode(method)) visit(method, method);
  }
  return writes;
}

/** The statements of a block; a block that would be left empty is no place to take one from, but for a whole body. */
function statementsOf(node: SyntaxNode, method: SyntaxNode): readonly SyntaxNode[] {
  const statements = nodesAt(node, node.type === "SwitchCase" ? "consequent" : "body");
  const isList = node.type === "SwitchCase" || node.type === "BlockStatement";
  return isList && (statements.length > 1 || node === nodeAt(method, "body")) ? statements : [];
}

function hasOwnThis(node: SyntaxNode): boolean {
  return /^(FunctionExpression|FunctionDeclaration|ClassDeclaration|ClassExpression)$/.test(node.type);
}

function readWrite(
  statement: SyntaxNode,
  method: SyntaxNode,
  context: PurityContext,
): { readonly name: string; readonly write: Write } | undefined {
  const expression = statement.type === "ExpressionStatement" ? nodeAt(statement, "expression") : undefined;
  const written = expression === undefined ? undefined : targets[expression.type];
  if (expression === undefined || written === undefined) return undefined;
  const property = ownProperty(nodeAt(expression, written));
  const change = changeOf({ statement, expression, method }, context);
  if (property === undefined || change === undefined) return undefined;
  const bare = textAt(property, "name") ?? "";
  const name = property.type === "PrivateIdentifier" ? `#${bare}` : bare;
  return { name, write: { span: change.span, change, key: property.start } };
}

/** Where a writing expression has its target. */
const targets: Readonly<Record<string, string>> = { AssignmentExpression: "left", UpdateExpression: "argument" };

/** The name in `this.name`. */
function ownProperty(target: SyntaxNode | undefined): SyntaxNode | undefined {
  if (target?.type !== "MemberExpression" || target["computed"] === true) return undefined;
  return nodeAt(target, "object")?.type === "ThisExpression" ? nodeAt(target, "property") : undefined;
}

type Setting = { readonly statement: SyntaxNode; readonly expression: SyntaxNode; readonly method: SyntaxNode };

/** A value that a call makes leaves the call; one that names what only this method has would leave that unused. */
function changeOf({ statement, expression, method }: Setting, context: PurityContext): PartChange | undefined {
  const value = nodeAt(expression, "right");
  const whole = { start: statement.start, end: statement.end };
  if (purityOf(value, context)?.length === 0)
    return identifiersIn(value).some((name) => context.bindings.isBoundIn(name, method))
      ? undefined
      : { kind: "remove", span: whole };
  const isCall = value?.type === "AwaitExpression" || value?.type === "CallExpression";
  // `this.name ||= call()` calls only sometimes.
  if (!isCall || textAt(expression, "operator") !== "=") return undefined;
  return { kind: "replace", span: { start: whole.start, end: value.start }, text: "" };
}
