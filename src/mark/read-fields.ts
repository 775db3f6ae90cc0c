import type { Inner, PartChange } from "./module.ts";
import { purityOf, type PurityContext } from "./purity.ts";
import { children, nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";

/** A part with the position of its name, which mentions nothing. */
export type ReadField = { readonly part: Inner; readonly key: number };

/**
 * The members of an enum that could go: without one that has no value of its own the next would get another number, and
 * one that another is computed from is used.
 */
export function readEnum(node: SyntaxNode, owner: string, context: PurityContext): readonly ReadField[] {
  const body = nodeAt(node, "body");
  const members = body === undefined ? [] : nodesAt(body, "members");
  if (body === undefined || node["declare"] === true) return [];
  const inner = new Set(members.flatMap((member) => identifiersIn(nodeAt(member, "initializer"))));
  return members.flatMap((member, at): readonly ReadField[] => {
    const id = nodeAt(member, "id");
    const name = spelling(id);
    const next = members[at + 1];
    const isNumbered = next !== undefined && nodeAt(next, "initializer") === undefined;
    if (id === undefined || name === undefined || member["computed"] === true || isNumbered || inner.has(name))
      return [];
    if (purityOf(nodeAt(member, "initializer"), context)?.length !== 0) return [];
    return [toField({ kind: "enum-member", member, id, name, owner, list: body, size: members.length })];
  });
}

/** The properties of a constant object that could go: their values do nothing, and none of them looks at the others. */
export function readObject(value: SyntaxNode, owner: string, context: PurityContext): readonly ReadField[] {
  const properties = nodesAt(value, "properties");
  const names = properties.map((property) => spelling(nodeAt(property, "key")));
  // A later property of the same name would show through.
  const isTwice = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
  if (properties.some((property) => looksAtItself(nodeAt(property, "value")))) return [];
  return properties.flatMap((property): readonly ReadField[] => {
    const id = nodeAt(property, "key");
    const name = spelling(id);
    if (property.type !== "Property" || property["computed"] === true || id === undefined || name === undefined)
      return [];
    if (name === "__proto__" || isTwice(name) || purityOf(nodeAt(property, "value"), context)?.length !== 0) return [];
    const size = properties.length;
    return [toField({ kind: "object-member", member: property, id, name, owner, list: value, size })];
  });
}

/** Whether a value may see the object that it is in: by `this` or `super`. */
function looksAtItself(node: SyntaxNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.type === "ThisExpression" || node.type === "Super") return true;
  return children(node).some(looksAtItself);
}

function identifiersIn(node: SyntaxNode | undefined): readonly string[] {
  if (node === undefined) return [];
  const own = node.type === "Identifier" ? (textAt(node, "name") ?? "") : undefined;
  return [...(own === undefined ? [] : [own]), ...children(node).flatMap(identifiersIn)];
}

type Field = {
  readonly kind: Inner["kind"];
  readonly member: SyntaxNode;
  readonly id: SyntaxNode;
  readonly name: string;
  readonly owner: string;
  readonly list: SyntaxNode;
  readonly size: number;
};

function toField({ kind, member, id, name, owner, list, size }: Field): ReadField {
  const span = { start: member.start, end: member.end };
  const change: PartChange = {
    kind: "remove-item",
    span,
    owner: { start: list.start, end: list.end },
    size,
    whenEmpty: "{}",
  };
  return {
    key: id.start,
    part: {
      kind,
      name: `${owner}.${name}`,
      spans: [span],
      changes: [change],
      member: { name, use: "qualified" },
    },
  };
}
