import { nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";
import type { Walk } from "./sink.ts";

/** `a.b`: the object is a name, the property is not. */
export function visitMember(node: SyntaxNode, walk: Walk): void {
  const object = nodeAt(node, "object");
  const property = nodeAt(node, "property");
  const computed = node["computed"] === true;
  const member = computed ? (property?.type === "Literal" ? spelling(property) : undefined) : spelling(property);
  if (object?.type === "Identifier" && member !== undefined)
    walk.sink.name(textAt(object, "name") ?? "", object.start, member);
  else walk.into(object);
  if (computed) walk.into(property);
}

/** `A.B` in a type. */
export function visitQualifiedName(node: SyntaxNode, walk: Walk): void {
  const left = nodeAt(node, "left");
  const member = spelling(nodeAt(node, "right"));
  if (left?.type === "Identifier" && member !== undefined)
    walk.sink.name(textAt(left, "name") ?? "", left.start, member);
  else walk.into(left);
}

/** `<A.B>`. */
export function visitJsxMember(node: SyntaxNode, walk: Walk): void {
  const object = nodeAt(node, "object");
  const member = textAt(nodeAt(node, "property") ?? node, "name");
  if (object?.type === "JSXIdentifier" && member !== undefined)
    walk.sink.name(textAt(object, "name") ?? "", object.start, member);
  else walk.into(object);
}

/** `<A>` with its attributes; the closing tag repeats the name. */
export function visitJsxElement(node: SyntaxNode, walk: Walk): void {
  const name = nodeAt(node, "name");
  const text = name?.type === "JSXIdentifier" ? (textAt(name, "name") ?? "") : "";
  // A lower-case element is an intrinsic one (`<div>`), never a variable.
  if (name?.type === "JSXIdentifier" && /^[^a-z]/.test(text)) walk.sink.name(text, name.start);
  else if (name?.type === "JSXMemberExpression") walk.into(name);
  walk.into(nodeAt(node, "typeArguments"));
  for (const attribute of nodesAt(node, "attributes")) walk.into(attribute);
}
