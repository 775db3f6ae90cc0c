import type { Inner, Member, PartChange } from "./module.ts";
import { hasDecoratedParameter, purityOf, type PurityContext } from "./purity.ts";
import { readWrites, type Write } from "./read-writes.ts";
import { nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";

type ReadClass = {
  readonly node: SyntaxNode;
  readonly owner: string;
  readonly context: PurityContext;
  readonly writes: ReadonlyMap<string, readonly Write[]>;
};

/** The members of a class that could go; overloads, and a getter with its setter, are one part. */
export function readClass(node: SyntaxNode, owner: string, context: PurityContext): readonly Inner[] {
  const body = nodeAt(node, "body");
  if (body === undefined) return [];
  const read = { node, owner, context, writes: readWrites(body, context) };
  const byKey = Map.groupBy(nodesAt(body, "body"), (member) => `${String(member["static"])} ${nameOf(member) ?? ""}`);
  return [...byKey.values()].flatMap((nodes): readonly Inner[] => {
    const [first] = nodes;
    const name = first === undefined ? undefined : nameOf(first);
    if (first === undefined || name === undefined || nodes.some(isPinned)) return [];
    if (nodes.every(({ type }) => /^(TSAbstract)?MethodDefinition$/.test(type))) return [toMethod(nodes, name, read)];
    return nodes.length === 1 && first.type === "PropertyDefinition" ? toField(first, name, read) : [];
  });
}

/** The name of a member; undefined for what has none or computes it, and for the constructor. */
function nameOf(member: SyntaxNode): string | undefined {
  const key = nodeAt(member, "key");
  if (key === undefined || member["computed"] === true || member["kind"] === "constructor") return undefined;
  return key.type === "PrivateIdentifier" ? `#${textAt(key, "name") ?? ""}` : spelling(key);
}

/** What a decorator looks at is its affair, and what is only declared is made elsewhere. */
function isPinned(member: SyntaxNode): boolean {
  return nodesAt(member, "decorators").length > 0 || member["declare"] === true || hasDecoratedParameter(member);
}

function toMethod(nodes: readonly SyntaxNode[], name: string, { node, owner }: ReadClass): Inner {
  const spans = nodes.map(({ start, end }) => ({ start, end }));
  const changes = spans.map((span) => ({ kind: "remove" as const, span }));
  return {
    kind: "class-member",
    name: `${owner}.${name}`,
    spans,
    changes,
    member: memberOf(node, name, nodes),
  };
}

function keyOf(member: SyntaxNode): number {
  return nodeAt(member, "key")?.start ?? -1;
}

function memberOf({ start, end }: SyntaxNode, name: string, nodes: readonly SyntaxNode[]): Member {
  const isPrivate = name.startsWith("#") || nodes.every((member) => member["accessibility"] === "private");
  const keys = nodes.map(keyOf);
  return isPrivate ? { name, keys, use: "class", within: { start, end } } : { name, keys, use: "name" };
}

function isForTypes(value: SyntaxNode | undefined, writes: readonly Write[]): boolean {
  return value === undefined ? writes.length === 0 : /^TS/.test(value.type);
}

/** Components and services are no data: nobody copies or prints them. */
const services = /^(Component|Directive|Pipe|Injectable|NgModule|Module|Controller|Resolver|WebSocketGateway)$/;

/** Whether nobody reads a field by copying or printing its object. */
function isHidden(node: SyntaxNode, { name, use }: Member): boolean {
  const decorators = nodesAt(node, "decorators").map((decorator) => nodeAt(decorator, "expression"));
  const names = decorators.map((decorator) =>
    spelling(decorator?.type === "CallExpression" ? nodeAt(decorator, "callee") : decorator),
  );
  if (name.startsWith("#") || names.some((one) => one !== undefined && services.test(one))) return true;
  return use === "class" && decorators.length === 0;
}

/** Subclasses name what is protected, and frameworks the settings that a class carries itself. */
function isOfSubclasses(field: SyntaxNode, { use }: Member): boolean {
  return field["accessibility"] === "protected" || (field["static"] === true && use === "name");
}

/**
 * A field goes with the statements that set it. It is data, so whoever copies or prints the object may read it; only what
 * begins with `#` is hidden. A field that nothing sets, or that is set to a cast, is there for the type checker.
 */
function toField(field: SyntaxNode, name: string, read: ReadClass): readonly Inner[] {
  const { node, owner, context, writes } = read;
  const value = nodeAt(field, "value");
  const member = memberOf(node, name, [field]);
  const set = field["static"] === true ? [] : (writes.get(name) ?? []);
  if (isForTypes(value, set) || isOfSubclasses(field, member)) return [];
  if (purityOf(value, context)?.length !== 0) return [];
  const own = { start: field.start, end: field.end };
  const changes: readonly PartChange[] = [{ kind: "remove", span: own }, ...set.map(({ change }) => change)];
  const part: Inner = {
    kind: set.length === 0 && member.use === "class" ? "class-member" : "field",
    name: `${owner}.${name}`,
    spans: [own, ...set.map(({ span }) => span)],
    changes,
    member: { ...member, keys: [...member.keys, ...set.map(({ key }) => key)] },
    ...(isHidden(node, member) ? {} : { exposed: true }),
  };
  return [part];
}
