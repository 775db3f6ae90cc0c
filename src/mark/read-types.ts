import type { Inner } from "./module.ts";
import { toPart } from "./read-fields.ts";
import type { PurityContext } from "./purity.ts";
import { nodeAt, nodesAt, spelling, type SyntaxNode } from "./syntax.ts";

/** Members are compared with each other. */
const mostMembers = 1000;

/** The optional members of an interface or of a type that is written out, alone or joined with others. */
export function readType(node: SyntaxNode, owner: string, { text }: PurityContext): readonly Inner[] {
  const body = node.type === "TSInterfaceDeclaration" ? nodeAt(node, "body") : nodeAt(node, "typeAnnotation");
  const members = body === undefined ? [] : writtenMembers(body);
  const beside = members.filter((member) => member["optional"] !== true).map((member) => nameOf(member) ?? "");
  // A signature without a name stands for any member, and a type of that many comes from a tool.
  if (members.length > mostMembers || members.some((member) => nameOf(member) === undefined)) return [];
  const others = (name: string) => (beside.length > 0 ? beside : members.map(nameOf).filter((one) => one !== name));
  return members.flatMap((member): readonly Inner[] => {
    const id = nodeAt(member, "key");
    const name = nameOf(member);
    if (id === undefined || name === undefined || member["optional"] !== true) return [];
    const isOverloaded = members.filter((other) => nameOf(other) === name).length > 1;
    // The last one on a line would leave the separator of the one before it.
    const isSeparated =
      /[;,]/.test(text[member.end - 1] ?? "") || /^[ \t]*[;,\r\n]/.test(text.slice(member.end, member.end + 40));
    if (isOverloaded || !isSeparated) return [];
    const wanted = others(name).filter((one) => one !== undefined);
    return [toPart({ kind: "type-member", member, id, owner, use: "name", beside: wanted })];
  });
}

function writtenMembers(type: SyntaxNode): readonly SyntaxNode[] {
  if (type.type === "TSInterfaceBody") return nodesAt(type, "body");
  if (type.type === "TSTypeLiteral") return nodesAt(type, "members");
  return type.type === "TSIntersectionType" ? nodesAt(type, "types").flatMap(writtenMembers) : [];
}

function nameOf(member: SyntaxNode): string | undefined {
  return member["computed"] === true ? undefined : spelling(nodeAt(member, "key"));
}
