import { nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

/**
 * Whether an expression is one value for ever: text, a number, a pattern without a memory of its own, or a list or object of
 * such values that nobody may change, which `as const` or `Object.freeze` has to say.
 */
export function isFixedValue(node: SyntaxNode): boolean {
  if (isPlain(node)) return true;
  if (node.type === "TSSatisfiesExpression") return isFixedValue(nodeAt(node, "expression") ?? node);
  if (node.type === "TSAsExpression") {
    const type = nodeAt(nodeAt(node, "typeAnnotation") ?? node, "typeName");
    const value = nodeAt(node, "expression");
    return type !== undefined && textAt(type, "name") === "const" && value !== undefined && isDeeplyPlain(value);
  }
  return false;
}

function isPlain(node: SyntaxNode): boolean {
  if (node.type === "Literal") return !isStateful(node);
  if (node.type === "TemplateLiteral") return nodesAt(node, "expressions").length === 0;
  const argument = node.type === "UnaryExpression" ? nodeAt(node, "argument") : undefined;
  return argument !== undefined && textAt(node, "operator") === "-" && isPlain(argument);
}

/** A pattern with the flag g or y remembers where it found something. */
function isStateful(node: SyntaxNode): boolean {
  const { regex } = node;
  const flags = typeof regex === "object" && regex !== null && "flags" in regex ? regex.flags : "";
  return typeof flags === "string" && /[gy]/.test(flags);
}

function isDeeplyPlain(node: SyntaxNode): boolean {
  if (node.type === "ArrayExpression") return nodesAt(node, "elements").every(isDeeplyPlain);
  if (node.type !== "ObjectExpression") return isPlain(node);
  return nodesAt(node, "properties").every((property) => {
    const value = nodeAt(property, "value");
    return property["computed"] !== true && value !== undefined && isDeeplyPlain(value);
  });
}
