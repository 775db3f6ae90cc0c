import { nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";
import type { Walk } from "./sink.ts";
import { visitRequiredMember } from "./walk-require.ts";

/** The key of a property, member or signature: a name of its own only when it is computed. */
export function mentionKey(node: SyntaxNode, walk: Walk): void {
  const key = nodeAt(node, "key");
  if (node["computed"] === true || key?.type === "PrivateIdentifier") walk.into(key);
  else if (key !== undefined) walk.sink.member(spelling(key) ?? "", key.start, "plain");
}

/** `a.b`: the object is a name, the property is that of a member. */
export function visitMember(node: SyntaxNode, walk: Walk): void {
  const object = nodeAt(node, "object");
  const property = nodeAt(node, "property");
  const computed = node["computed"] === true;
  if (!computed && property !== undefined) mentionProperty(object, property, walk);
  const member = computed ? (property?.type === "Literal" ? spelling(property) : undefined) : spelling(property);
  if (object?.type === "Identifier" && member !== undefined)
    walk.sink.name(textAt(object, "name") ?? "", object.start, member);
  else if (!visitRequiredMember(object, member, walk)) walk.into(object);
  if (computed) walk.into(property);
}

function mentionProperty(object: SyntaxNode | undefined, property: SyntaxNode, walk: Walk): void {
  const isCast = object !== undefined && /^TS(As|TypeAssertion)/.test(object.type);
  if (property.type === "PrivateIdentifier") walk.into(property);
  else walk.sink.member(spelling(property) ?? "", property.start, isCast ? "loose" : "plain");
}

/** `const { a, b } = object` reads two written-out members of it, and nothing else. */
export function visitInitializer(declarator: SyntaxNode, walk: Walk): void {
  const object = nodeAt(declarator, "init");
  const pattern = nodeAt(declarator, "id");
  const properties = pattern?.type === "ObjectPattern" ? nodesAt(pattern, "properties") : [];
  const members = properties.map((property) =>
    property["computed"] === true ? undefined : spelling(nodeAt(property, "key")),
  );
  const isWrittenOut = members.length > 0 && members.every((member) => member !== undefined);
  if (object?.type !== "Identifier" || !isWrittenOut) walk.into(object);
  else for (const member of members) walk.sink.name(textAt(object, "name") ?? "", object.start, member);
}

/** `A.B` in a type. */
export function visitQualifiedName(node: SyntaxNode, walk: Walk): void {
  const left = nodeAt(node, "left");
  const right = nodeAt(node, "right");
  const member = spelling(right);
  if (member !== undefined) walk.sink.member(member, right?.start ?? node.start, "plain");
  if (left?.type === "Identifier" && member !== undefined)
    walk.sink.name(textAt(left, "name") ?? "", left.start, member);
  else walk.into(left);
}

/** `<A.B>`. */
export function visitJsxMember(node: SyntaxNode, walk: Walk): void {
  const object = nodeAt(node, "object");
  const property = nodeAt(node, "property") ?? node;
  const member = textAt(property, "name");
  if (member !== undefined) walk.sink.member(member, property.start, "plain");
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
