import { isCall } from "./locals.ts";
import { contains, type PartChange } from "./module.ts";
import { purityOf, type PurityContext } from "./purity.ts";
import { nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";

/** A statement that does nothing but write a variable. */
type Write = { readonly statement: SyntaxNode; readonly at: number; readonly value: SyntaxNode | undefined };

/** The statements of a file that only write a name, by that name. */
export type Writes = ReadonlyMap<string, readonly Write[]>;

/** Collects `x = value;`, `x += value;` and `x++;` from lists of statements. */
export function collectWrites(lists: readonly SyntaxNode[]): Writes {
  const writes = new Map<string, Write[]>();
  for (const { name, write } of lists.flatMap(statementsIn).flatMap(readWrite)) {
    const known = writes.get(name);
    if (known === undefined) writes.set(name, [write]);
    else known.push(write);
  }
  return writes;
}

function statementsIn(list: SyntaxNode): readonly SyntaxNode[] {
  if (list.type === "BlockStatement") return nodesAt(list, "body");
  return list.type === "SwitchStatement" ? nodesAt(list, "cases").flatMap((one) => nodesAt(one, "consequent")) : [];
}

function readWrite(statement: SyntaxNode): readonly { readonly name: string; readonly write: Write }[] {
  const expression = statement.type === "ExpressionStatement" ? nodeAt(statement, "expression") : undefined;
  const target = expression && nodeAt(expression, expression.type === "UpdateExpression" ? "argument" : "left");
  if (expression === undefined || !/^(?:Assignment|Update)Expression$/.test(expression.type)) return [];
  if (target?.type !== "Identifier") return [];
  const value = expression.type === "UpdateExpression" ? undefined : nodeAt(expression, "right");
  return [{ name: spelling(target) ?? "", write: { statement, at: target.start, value } }];
}

/** What takes all writes of a variable away; undefined when one of the positions reads it, or a write does more. */
export function writeChanges(
  writes: readonly Write[],
  positions: readonly number[],
  purity: PurityContext,
): readonly PartChange[] | undefined {
  const changes = writes.map((write) => changeOf(write, purity)).filter((change) => change !== undefined);
  if (changes.length < writes.length) return undefined;
  return positions.every((at) => changes.some(({ span }) => contains(span, at))) ? changes : undefined;
}

/** The statement goes, or only what stands before a call that stays. */
function changeOf({ statement, value }: Write, purity: PurityContext): PartChange | undefined {
  if (purityOf(value, purity)?.length === 0)
    return { kind: "remove", span: { start: statement.start, end: statement.end } };
  const isPlain = textAt(nodeAt(statement, "expression") ?? statement, "operator") === "=";
  return isPlain && isCall(value)
    ? { kind: "replace", span: { start: statement.start, end: value.start }, text: "" }
    : undefined;
}
