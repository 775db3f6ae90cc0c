import { nodeAt, nodesAt, type SyntaxNode } from "./syntax.ts";
import type { Walk } from "./sink.ts";

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
      visitPattern(nodeAt(pattern, "parameter"), walk);
      return;
    default:
      walk.into(pattern);
  }
}

function visitPatternProperty(property: SyntaxNode, walk: Walk): void {
  if (property.type === "RestElement") {
    visitPattern(property, walk);
    return;
  }
  if (property["computed"] === true) walk.into(nodeAt(property, "key"));
  visitPattern(nodeAt(property, "value"), walk);
}
