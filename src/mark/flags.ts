import type { PolicyFlag } from "../core/policy-schema.ts";
import { constantOf, type Constant } from "./constants.ts";
import { nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";

/** The flags of an owner, asked about expressions. */
export type Flags = {
  /** The rules as text, the same for the same rules. */
  readonly spelled: string;
  readonly read: (node: SyntaxNode) => Constant | undefined;
  readonly isNamed: (name: string) => boolean;
};

/** For a repository whose owner names no flags. */
export const noFlags: Flags = { spelled: "", read: () => undefined, isNamed: () => false };

/** Prepares the rules: each pattern is a name, a path of names, or a call of one with literals. */
export function createFlags(rules: readonly PolicyFlag[]): Flags {
  if (rules.length === 0) return noFlags;
  const byRead = new Map(
    rules.flatMap(({ name, value, reads = [name] }) =>
      reads.map((read) => [normalise(read), constantOf(value, [name])] as const),
    ),
  );
  const names = new Set(rules.map(({ name }) => name));
  return {
    spelled: JSON.stringify(rules),
    read: (node) => {
      const text = readText(node);
      return text === undefined ? undefined : byRead.get(text);
    },
    isNamed: (name) => names.has(name),
  };
}

/** Quotes and spaces make no difference. */
function normalise(read: string): string {
  return read
    .replace(/\s+/g, "")
    .replace(/[`']/g, '"')
    .replace(/\["(\w+)"\]/g, ".$1");
}

/** An expression as a pattern would spell it; undefined for anything that no pattern can be. */
function readText(node: SyntaxNode): string | undefined {
  if (node.type === "Identifier" || node.type === "MemberExpression") return pathOf(node);
  if (node.type !== "CallExpression") return undefined;
  const callee = pathOf(nodeAt(node, "callee"));
  const passed = nodesAt(node, "arguments").map(literalText);
  return callee === undefined || passed.includes(undefined) ? undefined : `${callee}(${passed.join(",")})`;
}

function pathOf(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === "ThisExpression") return "this";
  if (node?.type === "Identifier") return textAt(node, "name");
  if (node?.type === "ChainExpression") return pathOf(nodeAt(node, "expression"));
  if (node?.type !== "MemberExpression") return undefined;
  const object = pathOf(nodeAt(node, "object"));
  const member = memberOf(node);
  return object === undefined || member === undefined ? undefined : `${object}.${member}`;
}

function memberOf(node: SyntaxNode): string | undefined {
  const property = nodeAt(node, "property");
  return node["computed"] === true && property?.type !== "Literal" ? undefined : spelling(property);
}

function literalText(node: SyntaxNode): string | undefined {
  const path = pathOf(node);
  if (path !== undefined) return path;
  return node.type === "Literal" ? JSON.stringify(textAt(node, "value") ?? node["value"]) : undefined;
}
