import type { Span } from "../core/edit.ts";
import type { Declaration, Inner, Member, Shape } from "./module.ts";
import { dottedName, hasDecoratedParameter, purityOf, type PurityContext } from "./purity.ts";
import { readEnum, readObject, type ReadField } from "./read-fields.ts";
import { nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";

/** What the classes of a module are made of. */
export type ReadMembers = {
  readonly inner: readonly Inner[];
  readonly shapes: readonly Shape[];
  /** Where the names of the parts stand: they declare, and so mention nothing. */
  readonly keys: ReadonlySet<number>;
};

type Frame = { readonly declarations: readonly Declaration[]; readonly context: PurityContext };

/** Reads the members of each class that a module declares; only what could go without anything else is a part. */
export function readMembers(walked: readonly SyntaxNode[], frame: Frame): ReadMembers {
  const inner: Inner[] = [];
  const shapes: Shape[] = [];
  const keys = new Set<number>();
  for (const node of walked) {
    const declaration = frame.declarations.findIndex(({ parts }) => parts.some(({ span }) => holds(span, node)));
    if (declaration < 0 || node["declare"] === true) continue;
    for (const { part, key } of readFields(node, frame)) {
      inner.push(part);
      keys.add(key);
    }
    if (node.type === "TSInterfaceDeclaration")
      shapes.push({ declaration, heritage: heritageOf(node), decorated: false });
    if (node.type !== "ClassDeclaration") continue;
    const decorated = nodesAt(node, "decorators").length > 0;
    shapes.push({ declaration, heritage: heritageOf(node), decorated });
    for (const { nodes, part } of readClass(node, declaration, frame)) {
      inner.push(part);
      for (const member of nodes) keys.add(nodeAt(member, "key")?.start ?? -1);
    }
  }
  return { inner, shapes, keys };
}

function readFields(node: SyntaxNode, { declarations, context }: Frame): readonly ReadField[] {
  if (node.type === "TSEnumDeclaration") return readEnum(node, spelling(nodeAt(node, "id")) ?? "", context);
  if (node.type === "ObjectExpression") return readObject(node, "default", context);
  if (node.type !== "VariableDeclaration" || textAt(node, "kind") !== "const") return [];
  return nodesAt(node, "declarations").flatMap((declarator) => {
    const id = nodeAt(declarator, "id");
    const value = withoutConst(nodeAt(declarator, "init"));
    const name = spelling(id);
    // A type that is written beside it may ask for any member.
    if (id?.type !== "Identifier" || nodeAt(id, "typeAnnotation") !== undefined || name === undefined) return [];
    // Properties that are set later belong to the same declaration.
    const isWhole = declarations.some(({ names, parts }) => names.includes(name) && parts.length === 1);
    return value?.type === "ObjectExpression" && isWhole ? readObject(value, name, context) : [];
  });
}

function withoutConst(value: SyntaxNode | undefined): SyntaxNode | undefined {
  const type = value?.type === "TSAsExpression" ? nodeAt(value, "typeAnnotation") : undefined;
  const isConst = type?.type === "TSTypeReference" && spelling(nodeAt(type, "typeName")) === "const";
  return value !== undefined && isConst ? nodeAt(value, "expression") : value;
}

function holds(span: Span, node: SyntaxNode): boolean {
  return span.start <= node.start && node.end <= span.end;
}

function heritageOf(node: SyntaxNode): readonly (string | null)[] {
  const base = nodeAt(node, "superClass");
  const written = [...nodesAt(node, "implements"), ...nodesAt(node, "extends")].map((clause) =>
    nodeAt(clause, "expression"),
  );
  return [...(base === undefined ? [] : [base]), ...written].map((type) => dottedName(type) ?? null);
}

type ReadPart = { readonly nodes: readonly SyntaxNode[]; readonly part: Inner };

/** Overloads, and a getter with its setter, are one part. */
function readClass(node: SyntaxNode, declaration: number, frame: Frame): readonly ReadPart[] {
  const body = nodeAt(node, "body");
  const members = body === undefined ? [] : nodesAt(body, "body");
  const owner = frame.declarations[declaration]?.name ?? "";
  const byKey = Map.groupBy(members, (member) => `${String(member["static"])} ${memberName(member) ?? ""}`);
  return [...byKey.values()].flatMap((nodes): readonly ReadPart[] => {
    const name = nodes[0] === undefined ? undefined : memberName(nodes[0]);
    if (name === undefined || !nodes.every((member) => isRemovable(member, frame.context))) return [];
    const spans = nodes.map(({ start, end }) => ({ start, end }));
    const isPrivate = name.startsWith("#") || nodes.every((member) => member["accessibility"] === "private");
    const member: Member = {
      name,
      ...(isPrivate ? { use: "class", within: { start: node.start, end: node.end } } : { use: "name" }),
    };
    const changes = spans.map((span) => ({ kind: "remove" as const, span }));
    return [{ nodes, part: { kind: "class-member", name: `${owner}.${name}`, spans, changes, member } }];
  });
}

/** The name of a member; undefined for what has none or computes it, and for the constructor. */
function memberName(member: SyntaxNode): string | undefined {
  const key = nodeAt(member, "key");
  if (key === undefined || member["computed"] === true || member["kind"] === "constructor") return undefined;
  return key.type === "PrivateIdentifier" ? `#${textAt(key, "name") ?? ""}` : spelling(key);
}

function isRemovable(member: SyntaxNode, context: PurityContext): boolean {
  if (nodesAt(member, "decorators").length > 0 || member["declare"] === true) return false;
  if (/^(TSAbstract)?MethodDefinition$/.test(member.type)) return !hasDecoratedParameter(member);
  return member.type === "PropertyDefinition" && isRemovableField(member, context);
}

/**
 * A field is data: whoever copies, prints or compares the object reads it without naming it. Only a private one goes. One
 * without a value, or with a cast one, is there for the type checker.
 */
function isRemovableField(field: SyntaxNode, context: PurityContext): boolean {
  const isPrivate = nodeAt(field, "key")?.type === "PrivateIdentifier" || field["accessibility"] === "private";
  const value = nodeAt(field, "value");
  if (!isPrivate || value === undefined || /^TS/.test(value.type)) return false;
  return purityOf(value, context)?.length === 0;
}
