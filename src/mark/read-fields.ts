import type { Span } from "../core/edit.ts";
import type { Inner, PartChange } from "./module.ts";
import { purityOf, type PurityContext } from "./purity.ts";
import { children, identifiersIn, nodeAt, nodesAt, spelling, type SyntaxNode } from "./syntax.ts";

/**
 * The members of an enum that could go: without one that has no value of its own the next would get another number, and
 * one that another is computed from is used.
 */
export function readEnum(node: SyntaxNode, owner: string, context: PurityContext): readonly Inner[] {
  const body = nodeAt(node, "body");
  const members = body === undefined ? [] : nodesAt(body, "members");
  if (body === undefined || node["declare"] === true) return [];
  const inner = new Set(members.flatMap((member) => identifiersIn(nodeAt(member, "initializer"))));
  return members.flatMap((member, at): readonly Inner[] => {
    const id = nodeAt(member, "id");
    const name = spelling(id);
    const next = members[at + 1];
    const isNumbered = next !== undefined && nodeAt(next, "initializer") === undefined;
    if (id === undefined || name === undefined || member["computed"] === true || isNumbered || inner.has(name))
      return [];
    if (purityOf(nodeAt(member, "initializer"), context)?.length !== 0) return [];
    const list = { node: body, size: members.length };
    return [toPart({ kind: "enum-member", member, id, owner, list, use: "qualified" })];
  });
}

/** The properties of a constant object that could go: their values do nothing, and none of them looks at the others. */
export function readObject(value: SyntaxNode, owner: string, context: PurityContext): readonly Inner[] {
  const properties = nodesAt(value, "properties");
  const names = properties.map((property) => spelling(nodeAt(property, "key")));
  // A later property of the same name would show through.
  const isTwice = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
  if (properties.some((property) => looksAtItself(nodeAt(property, "value")))) return [];
  return properties.flatMap((property): readonly Inner[] => {
    const id = nodeAt(property, "key");
    const name = spelling(id);
    if (property.type !== "Property" || property["computed"] === true || id === undefined || name === undefined)
      return [];
    if (name === "__proto__" || isTwice(name) || purityOf(nodeAt(property, "value"), context)?.length !== 0) return [];
    const list = { node: value, size: properties.length };
    return [toPart({ kind: "object-member", member: property, id, owner, list, use: "qualified" })];
  });
}

/** Whether a value may see the object that it is in: by `this` or `super`. */
function looksAtItself(node: SyntaxNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.type === "ThisExpression" || node.type === "Super") return true;
  return children(node).some(looksAtItself);
}

type Field = {
  readonly kind: Inner["kind"];
  readonly member: SyntaxNode;
  readonly id: SyntaxNode;
  readonly owner: string;
  /** The list with commas that it is an item of, with its number of items. */
  readonly list?: { readonly node: SyntaxNode; readonly size: number };
  readonly use: "name" | "qualified";
  readonly beside?: readonly string[];
};

/** Makes the part of a member that is written in one piece. */
export function toPart({ kind, member, id, owner, list, use, beside }: Field): Inner {
  const name = spelling(id) ?? "";
  const span = { start: member.start, end: member.end };
  const change: PartChange =
    list === undefined
      ? { kind: "remove", span }
      : { kind: "remove-item", span, owner: spanOf(list.node), size: list.size, whenEmpty: "{}" };
  return {
    kind,
    name: `${owner}.${name}`,
    spans: [span],
    changes: [change],
    member: { name, keys: [id.start], use },
    ...(beside === undefined ? {} : { beside }),
  };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** The exported values and types of a namespace that nothing else in it names. */
export function readNamespace(node: SyntaxNode, owner: string, context: PurityContext): readonly Inner[] {
  const body = nodeAt(node, "body");
  const statements = body?.type === "TSModuleBlock" ? nodesAt(body, "body") : [];
  return statements.flatMap((statement): readonly Inner[] => {
    const { id, value } = exportedIn(statement);
    if (id?.type !== "Identifier") return [];
    const others = statements.filter((other) => other !== statement);
    const isNamed = others.flatMap(identifiersIn).includes(spelling(id) ?? "");
    if (isNamed || purityOf(value, context)?.length !== 0) return [];
    return [toPart({ kind: "namespace-member", member: statement, id, owner, use: "qualified" })];
  });
}

/** The one name that a statement of a namespace exports, with what it stands for. */
function exportedIn(statement: SyntaxNode): {
  readonly id?: SyntaxNode | undefined;
  readonly value?: SyntaxNode | undefined;
} {
  const declaration = statement.type === "ExportNamedDeclaration" ? nodeAt(statement, "declaration") : undefined;
  if (declaration === undefined) return {};
  if (declaration.type !== "VariableDeclaration") return { id: nodeAt(declaration, "id"), value: declaration };
  const [declarator, another] = nodesAt(declaration, "declarations");
  if (declarator === undefined || another !== undefined) return {};
  return { id: nodeAt(declarator, "id"), value: nodeAt(declarator, "init") };
}
