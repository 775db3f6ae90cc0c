import type { Span } from "../core/edit.ts";
import { firstStop } from "./completion.ts";
import { evaluate, isQuiet, type Constant } from "./constants.ts";
import { around, hoistsOut, rigidIn, sayWhy, shorten, turnedByHand, type Place, type Search } from "./dead-code.ts";
import type { PartChange } from "./module.ts";
import { boundNames, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

/** Statements that stay where they are whatever stands before them: their names can be used from above. */
const declaring = /^(?:FunctionDeclaration|TS\w*Declaration|TSDeclareFunction|Import\w*|Export\w*|EmptyStatement)$/;

/** Finds what stands behind a jump in a list of statements; returns the statements that are reached. */
export function findBehindJump(
  list: SyntaxNode,
  statements: readonly SyntaxNode[],
  search: Search,
): readonly SyntaxNode[] {
  const first = firstStop(statements, search.constants);
  if (first === undefined) return statements;
  const behind = statements.slice(first.index + 1);
  const dead = behind.filter(({ type }) => !declaring.test(type));
  const reached = statements.filter((statement) => !dead.includes(statement));
  const [start] = dead;
  // A break behind a return is a habit in a switch.
  const isHabit = dead.every(({ type }) => type === "BreakStatement");
  if (start === undefined || isHabit || dead.some(hoistsOut) || isNamedOutside(dead, list, search.text)) return reached;
  search.found.push({
    at: start.start,
    label: `behind ${first.stop.by}`,
    because: `it stands behind ${first.stop.by}, so nothing ever reaches it`,
    spans: dead.map(spanOf),
    changes: dead.map((statement) => ({ kind: "remove", span: spanOf(statement) })),
    via: first.stop.via,
    ...(first.stop.doubt === undefined ? {} : { doubt: first.stop.doubt }),
    isDead: true,
  });
  return reached;
}

/** Whether something that the statements declare is named elsewhere in the list. */
function isNamedOutside(dead: readonly SyntaxNode[], list: SyntaxNode, text: string): boolean {
  const names = dead.flatMap(lexicalNames);
  if (names.length === 0) return false;
  // The cases of a switch share one scope.
  if (list.type === "SwitchCase") return true;
  const rest = [spanOf(list)].flatMap((whole) => without(whole, dead)).map(({ start, end }) => text.slice(start, end));
  return names.some((name) => rest.some((part) => isWordIn(name, part)));
}

function without(whole: Span, parts: readonly SyntaxNode[]): readonly Span[] {
  const spans: Span[] = [];
  let at = whole.start;
  for (const { start, end } of parts) {
    spans.push({ start: at, end: start });
    at = end;
  }
  return [...spans, { start: at, end: whole.end }];
}

function isWordIn(name: string, text: string): boolean {
  return new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(text);
}

/** The names that a statement declares for the block it stands in. */
function lexicalNames(statement: SyntaxNode): readonly string[] {
  const patterns =
    statement.type === "VariableDeclaration"
      ? nodesAt(statement, "declarations").map((declarator) => nodeAt(declarator, "id"))
      : /Declaration$/.test(statement.type)
        ? [nodeAt(statement, "id")]
        : [];
  return patterns.flatMap(boundNames).flatMap((name) => textAt(name, "name") ?? []);
}

/** A choice that always falls the same way; undefined when it may not, or when taking it away is not safe. */
export function foldIf(
  node: SyntaxNode,
  place: Place,
  search: Search,
): { readonly kept: SyntaxNode | undefined } | undefined {
  const choice = decide(node, search);
  if (choice === undefined) return undefined;
  const { kept, test, value, isDead } = choice;
  const isNothing = kept === undefined || (isEmptyBlock(kept) && place.list !== undefined);
  const keep = isNothing ? undefined : keptOf(kept, place, search);
  const change = isNothing ? removal(node, place) : keep && unwrapping(node, kept, keep, search);
  if (change === undefined) return undefined;
  push(node, { test, value, change, keep, isDead }, search);
  return { kept: isNothing ? undefined : kept };
}

type Choice = {
  readonly test: SyntaxNode;
  readonly value: Constant;
  readonly kept: SyntaxNode | undefined;
  readonly isDead: boolean;
};

/** Which branch an `if` takes. What a branch that goes declares for the code around it must not be missed. */
function decide(node: SyntaxNode, search: Search): Choice | undefined {
  const test = nodeAt(node, "test");
  const value = evaluate(test, search.constants);
  if (test === undefined || value === undefined || !isQuiet(test, search.constants)) return undefined;
  const [yes, no] = [nodeAt(node, "consequent"), nodeAt(node, "alternate")];
  const dead = value.truthy ? no : yes;
  if (dead !== undefined && hoistsOut(dead)) return undefined;
  return { test, value, kept: value.truthy ? yes : no, isDead: dead !== undefined };
}

type Fold = {
  readonly test: SyntaxNode;
  readonly value: Constant;
  readonly change: PartChange;
  readonly keep: Span | undefined;
  readonly isDead: boolean;
};

function push(node: SyntaxNode, { test, value, change, keep, isDead }: Fold, search: Search): void {
  const { text, found } = search;
  const words = node.type === "IfStatement" ? "if" : "while";
  found.push({
    at: node.start,
    label: `${words} (${shorten(text.slice(test.start, test.end))})`,
    because: sayWhy(test, value.truthy, { search, via: value.via }),
    spans: keep === undefined ? [change.span] : around(change.span, keep),
    changes: [change],
    via: value.via,
    isDead,
    ...turnedByHand(test),
  });
}

function isEmptyBlock(node: SyntaxNode): boolean {
  return node.type === "BlockStatement" && nodesAt(node, "body").length === 0;
}

/** A loop whose condition never holds. */
export function foldLoop(node: SyntaxNode, place: Place, search: Search): boolean {
  const test = nodeAt(node, "test");
  const value = evaluate(test, search.constants);
  const change = removal(node, place);
  if (
    test === undefined ||
    value === undefined ||
    value.truthy ||
    !isQuiet(test, search.constants) ||
    change === undefined
  )
    return false;
  if (nodeAt(node, "init") !== undefined || hoistsOut(nodeAt(node, "body") ?? node)) return false;
  push(node, { test, value, change, keep: undefined, isDead: true }, search);
  return true;
}

/** The whole statement goes, or the `else` that it is. */
function removal(node: SyntaxNode, { list, elseOf }: Place): PartChange | undefined {
  if (list !== undefined) return { kind: "remove", span: spanOf(node) };
  const above = elseOf === undefined ? undefined : nodeAt(elseOf, "consequent");
  return above && { kind: "replace", span: { start: above.end, end: node.end }, text: "", drops: true };
}

function unwrapping(node: SyntaxNode, kept: SyntaxNode, keep: Span, { text }: Search): PartChange {
  const span = { start: startWithDirectives(text, node.start), end: node.end };
  return { kind: "unwrap", span, keep, rigid: rigidIn(kept, text) };
}

/** Comments that tell a tool to overlook the condition go with it. */
function startWithDirectives(text: string, at: number): number {
  const above = /(?:\/\/[^\n]*(?:@ts-(?:ignore|expect-error)|-disable-next-line|-ignore)\b[^\n]*\n[ \t]*)+$/.exec(
    text.slice(0, at),
  );
  return above === null ? at : above.index;
}

/** What stays of a branch: the inside of its block where the block is not needed. */
function keptOf(branch: SyntaxNode, { list, elseOf }: Place, { text }: Search): Span | undefined {
  if (branch.type !== "BlockStatement") {
    const isPlain = list !== undefined || elseOf !== undefined;
    return isPlain && !joinsLineAbove(text, branch.start) ? spanOf(branch) : undefined;
  }
  const body = nodesAt(branch, "body");
  if (list === undefined) return spanOf(branch);
  const inside = text.slice(branch.start + 1, branch.end - 1);
  const start = branch.start + 1 + inside.search(/\S|$/);
  const end = branch.start + 1 + inside.trimEnd().length;
  if (body.length === 0) return undefined;
  const names = body.flatMap(lexicalNames);
  const isScoped =
    names.length > 0 &&
    (list.type === "SwitchCase" || names.some((name) => isNamedAround(name, branch, { list, text })));
  if (isScoped) return spanOf(branch);
  return joinsLineAbove(text, start) ? spanOf(branch) : { start, end };
}

function isNamedAround(
  name: string,
  branch: SyntaxNode,
  { list, text }: { readonly list: SyntaxNode; readonly text: string },
): boolean {
  const parts = list.type === "Program" ? [0, text.length] : [list.start, list.end];
  return isWordIn(name, text.slice(parts[0], branch.start)) || isWordIn(name, text.slice(branch.end, parts[1]));
}

/** Without semicolons a line that begins with a bracket goes on with the line above. */
function joinsLineAbove(text: string, at: number): boolean {
  return /[([`+\-/]/.test(text[at] ?? "") && !/^\/[/*]/.test(text.slice(at, at + 2));
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** Whether a list of statements or a choice is worth a closer look; most files have none. */
export function mayHoldDeadCode(node: SyntaxNode, { constants }: Pick<Search, "constants">): boolean {
  switch (node.type) {
    case "BlockStatement": {
      const body = nodesAt(node, "body");
      return body.length > 1 && firstStop(body.slice(0, -1), constants) !== undefined;
    }
    case "SwitchStatement":
      return nodesAt(node, "cases").some(
        (one) => firstStop(nodesAt(one, "consequent").slice(0, -1), constants) !== undefined,
      );
    case "LogicalExpression":
      // `size || 0` is a default and chooses nothing; `isOpen && false` does.
      return (
        evaluate(nodeAt(node, "left"), constants) !== undefined ||
        typeof evaluate(nodeAt(node, "right"), constants)?.exact?.value === "boolean"
      );
    default:
      return evaluate(nodeAt(node, "test"), constants) !== undefined;
  }
}
