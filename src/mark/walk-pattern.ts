import { boundNames, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";
import type { Walk } from "./sink.ts";
import { mentionKey } from "./walk-members.ts";

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
  for (const name of boundNames(pattern)) walk.sink.member(textAt(name, "name") ?? "", name.start, false);
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
