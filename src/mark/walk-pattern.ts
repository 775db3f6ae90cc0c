import { boundNames, children, nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";
import type { Walk } from "./sink.ts";
import { mentionKey } from "./walk-members.ts";

/** A parameter of a function that stands here, or of a function type. */
export function visitParameter(parameter: SyntaxNode, walk: Walk, isCalledHere: boolean): void {
  const isPlain = parameter.type === "Identifier" || parameter.type === "ObjectPattern";
  if (!isPlain || !isCalledHere) {
    visitPattern(parameter, walk);
    return;
  }
  walkParameterType(nodeAt(parameter, "typeAnnotation"), walk);
  visitPattern({ ...parameter, typeAnnotation: null }, walk);
}

/** The type of what is passed: its name, alone, joined with others or made read-only. */
export function walkParameterType(type: SyntaxNode | undefined, walk: Walk): void {
  if (type === undefined) return;
  if (/^TS(TypeAnnotation|IntersectionType|TypeParameterInstantiation)$/.test(type.type))
    for (const part of children(type)) walkParameterType(part, walk);
  else if (type.type === "TSTypeReference") walkNamedType(type, walk);
  else walk.into(type);
}

function walkNamedType(type: SyntaxNode, walk: Walk): void {
  const name = nodeAt(type, "typeName");
  const text = spelling(name) ?? "";
  const passed = nodeAt(type, "typeArguments");
  if (name?.type !== "Identifier") walk.into(type);
  else if (passed === undefined) walk.sink.type(text, name.start, true);
  else if (/^(Readonly|PropsWithChildren)$/.test(text)) {
    // The module may import or declare one of these names itself.
    walk.sink.type(text, name.start, false);
    walkParameterType(passed, walk);
  } else walk.into(type);
}

/** Only what binds is skipped in a pattern: defaults, computed keys and types are walked. */
export function visitPattern(pattern: SyntaxNode | undefined, walk: Walk): void {
  if (pattern === undefined) return;
  for (const decorator of nodesAt(pattern, "decorators")) walk.into(decorator);
  walk.into(nodeAt(pattern, "typeAnnotation"));
  switch (pattern.type) {
    case "Identifier":
      return;
    case "ObjectPattern":
      for (const property of nodesAt(pattern, "properties")) visitPatternProperty(property, walk);
      return;
    case "ArrayPattern":
      for (const element of nodesAt(pattern, "elements")) visitPattern(element, walk);
      return;
    case "AssignmentPattern":
      visitPattern(nodeAt(pattern, "left"), walk);
      walk.into(nodeAt(pattern, "right"));
      return;
    case "RestElement":
      visitPattern(nodeAt(pattern, "argument"), walk);
      return;
    case "TSParameterProperty":
      visitParameterProperty(pattern, walk);
      return;
    default:
      walk.into(pattern);
  }
}

/** A parameter that is a field of its class too. */
function visitParameterProperty(pattern: SyntaxNode, walk: Walk): void {
  for (const name of boundNames(pattern)) walk.sink.member(textAt(name, "name") ?? "", name.start, "plain");
  visitPattern(nodeAt(pattern, "parameter"), walk);
}

function visitPatternProperty(property: SyntaxNode, walk: Walk): void {
  if (property.type === "RestElement") {
    visitPattern(property, walk);
    return;
  }
  mentionKey(property, walk);
  visitPattern(nodeAt(property, "value"), walk);
}
