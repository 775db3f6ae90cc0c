import { nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";
import type { Walk } from "./sink.ts";

/** A call of CommonJS's `require`. */
export function isRequire(node: SyntaxNode): boolean {
  const callee = node.type === "CallExpression" ? nodeAt(node, "callee") : undefined;
  return callee?.type === "Identifier" && textAt(callee, "name") === "require";
}

/** Reports `require("./apple")`, whose path is no text that may be a path; false for any other call. */
export function visitPlainRequire(node: SyntaxNode, walk: Walk): boolean {
  const [path, ...rest] = isRequire(node) ? nodesAt(node, "arguments") : [];
  const text = path?.type === "Literal" ? spelling(path) : undefined;
  if (text === undefined) return false;
  walk.sink.reference({ at: node.start, kind: "require", text });
  for (const argument of rest) walk.into(argument);
  return true;
}

/** Reports `require("./apple").peel`, which takes one name of a module; false for a member of anything else. */
export function visitRequiredMember(object: SyntaxNode | undefined, member: string | undefined, walk: Walk): boolean {
  const [path] = object !== undefined && isRequire(object) ? nodesAt(object, "arguments") : [];
  const text = path?.type === "Literal" ? spelling(path) : undefined;
  if (object === undefined || member === undefined || text === undefined) return false;
  walk.sink.reference({ at: object.start, kind: "require", text, members: [member] });
  return true;
}
