import type { Span } from "../core/edit.ts";
import { contains, isAnyIn, lineAt, type LocalDeclaration } from "./module.ts";
import type { NamePaths } from "./name-paths.ts";
import { purityOf, type PurityContext } from "./purity.ts";
import { boundNames, localNames, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";
import type { Scope } from "./sink.ts";
import { writeChanges, type Writes } from "./write-only.ts";

/** A declaration inside a function, as the walk met it. */
export type SeenLocal = { readonly declaration: SyntaxNode; readonly statement: SyntaxNode; readonly scope: Scope };

type Source = {
  readonly pathAt: NamePaths;
  readonly text: string;
  readonly lineStarts: readonly number[];
  readonly purity: PurityContext;
  readonly writes: Writes;
};

const localKinds: Readonly<Record<string, LocalDeclaration["kind"]>> = {
  VariableDeclarator: "variable",
  FunctionDeclaration: "function",
  ClassDeclaration: "class",
  TSTypeAliasDeclaration: "type",
  TSInterfaceDeclaration: "interface",
  TSEnumDeclaration: "enum",
};

/**
 * The local declarations that no identifier in their scope names. Shadowing is ignored: another thing of the same name
 * can only keep one alive. A call that made the value stays; any other initialiser that may do something keeps it.
 */
export function collectLocals(
  locals: readonly SeenLocal[],
  names: ReadonlyMap<string, readonly number[]>,
  source: Source,
): readonly LocalDeclaration[] {
  // A direct eval sees every local name.
  if (/\beval\s*\(/.test(source.text)) return [];
  return locals.flatMap((local) => {
    if (isResource(local.statement)) return [];
    const id = nodeAt(local.declaration, "id");
    // Of several names that a pattern binds, one may be the default of another.
    const own = id?.type === "ObjectPattern" ? undefined : local.declaration;
    const isUnused = (name: SyntaxNode) => !isNamed(local, { name: textAt(name, "name") ?? "", own }, names);
    if (id?.type === "ObjectPattern")
      return boundNames(id).some(isUnused) ? describePattern(local, id, isUnused, insideOf(local, source)) : [];
    if (id?.type !== "Identifier") return [];
    if (!isUnused(id)) return describeWritten(local, names, source);
    const found = describeWhole(local, insideOf(local, source));
    // A call that stays may use the name in a callback: `const stop = listen(() => stop())`.
    const name = textAt(id, "name") ?? "";
    return found.filter((one) => one.leavesCall !== true || !isNamed(local, { name, own: undefined }, names));
  });
}

/** A variable that is written and never read goes with what writes it; the calls that made the values stay. */
function describeWritten(
  local: SeenLocal,
  names: ReadonlyMap<string, readonly number[]>,
  source: Source,
): readonly LocalDeclaration[] {
  const { declaration, statement } = local;
  if (!/^(?:let|var)$/.test(textAt(statement, "kind") ?? "")) return [];
  const name = localNames(declaration)[0] ?? "";
  const visible = visibleRange(local);
  const writes = (source.writes.get(name) ?? []).filter(({ at }) => contains(visible, at));
  if (writes.length === 0) return [];
  const inside = insideOf(local, source);
  const positions = (names.get(name) ?? []).filter((at) => contains(visible, at));
  const changes = writeChanges(writes, positions, inside.purity);
  return changes === undefined ? [] : describeWhole(local, inside).map((found) => ({ ...found, writes: changes }));
}

function visibleRange({ declaration, statement, scope }: SeenLocal): Span {
  const hoists = textAt(statement, "kind") === "var" || declaration.type === "FunctionDeclaration";
  return hoists ? scope.functionNode : scope.node;
}

/** What is asked inside a function is asked under the names that are bound there. */
function insideOf({ scope }: SeenLocal, source: Source): Source {
  return { ...source, purity: { ...source.purity, within: [scope.outermost] } };
}

/** Disposal is an effect, and what is only declared here is made elsewhere. */
function isResource(statement: SyntaxNode): boolean {
  return /using/.test(textAt(statement, "kind") ?? "") || statement["declare"] === true;
}

function isNamed(
  local: SeenLocal,
  { name, own }: { readonly name: string; readonly own: Span | undefined },
  names: ReadonlyMap<string, readonly number[]>,
): boolean {
  const visible = visibleRange(local);
  const positions = names.get(name);
  if (own === undefined) return isAnyIn(positions, visible);
  const before = { start: visible.start, end: Math.min(own.start, visible.end) };
  const behind = { start: Math.max(own.end, visible.start), end: visible.end };
  return isAnyIn(positions, before) || isAnyIn(positions, behind);
}

function describeWhole(local: SeenLocal, source: Source): readonly LocalDeclaration[] {
  const { declaration, statement } = local;
  const value = declaration.type === "VariableDeclarator" ? nodeAt(declaration, "init") : declaration;
  const whole = spanOf(statement);
  const size = statement.type === "VariableDeclaration" ? nodesAt(statement, "declarations").length : 1;
  const place = describe(local, localNames(declaration)[0] ?? "", source);
  if (purityOf(value, source.purity)?.length === 0) {
    return [
      size === 1 ? { ...place, span: whole } : { ...place, span: spanOf(declaration), item: { owner: whole, size } },
    ];
  }
  return size === 1 && isCall(value)
    ? [{ ...place, span: { start: whole.start, end: value.start }, leavesCall: true }]
    : [];
}

/** `const { a, b } = f()`: a property goes alone; when all go, the call stays. */
function describePattern(
  local: SeenLocal,
  pattern: SyntaxNode,
  isUnused: (name: SyntaxNode) => boolean,
  source: Source,
): readonly LocalDeclaration[] {
  const { declaration, statement } = local;
  const properties = nodesAt(pattern, "properties");
  const value = nodeAt(declaration, "init");
  // A rest element takes what the other properties leave.
  if (properties.some((property) => property.type === "RestElement" || property["computed"] === true)) return [];
  const unused = properties.filter((property) => {
    const name = boundName(property, source);
    return name !== undefined && isUnused(name);
  });
  if (unused.length === properties.length && nodesAt(statement, "declarations").length > 1) return [];
  const isPure = purityOf(value, source.purity)?.length === 0;
  if (unused.length === properties.length && !isPure && !isCall(value)) return [];
  const callText = value === undefined ? "" : `${source.text.slice(value.start, value.end)};`;
  const owner = unused.length === properties.length ? spanOf(statement) : spanOf(pattern);
  return unused.map((property) => ({
    ...describe(local, textAt(boundName(property, source) ?? property, "name") ?? "", source),
    line: lineAt(source, property.start),
    endLine: lineAt(source, property.end),
    span: spanOf(property),
    item: { owner, size: properties.length, ...(isPure ? {} : { whenEmpty: callText }) },
  }));
}

/** The plain name that a property binds; with a default only if the default does nothing. */
function boundName(property: SyntaxNode, { purity }: Source): SyntaxNode | undefined {
  const value = nodeAt(property, "value");
  const hasPureDefault = value?.type === "AssignmentPattern" && purityOf(nodeAt(value, "right"), purity)?.length === 0;
  const name = hasPureDefault ? nodeAt(value, "left") : value;
  return name?.type === "Identifier" ? name : undefined;
}

/** A call can stand as a statement of its own, unless its first character would join the line before it. */
export function isCall(value: SyntaxNode | undefined): value is SyntaxNode {
  if (value?.type === "AwaitExpression") return true;
  if (value?.type === "NewExpression") return true;
  return value?.type === "CallExpression" && startsPlainly(nodeAt(value, "callee"));
}

function startsPlainly(callee: SyntaxNode | undefined): boolean {
  if (callee?.type === "MemberExpression" || callee?.type === "CallExpression")
    return startsPlainly(nodeAt(callee, callee.type === "CallExpression" ? "callee" : "object"));
  return callee?.type === "Identifier" || callee?.type === "ThisExpression" || callee?.type === "Super";
}

function describe(
  { declaration }: SeenLocal,
  name: string,
  source: Source,
): Pick<LocalDeclaration, "name" | "kind" | "line" | "endLine" | "within"> {
  return {
    name,
    kind: localKinds[declaration.type] ?? "variable",
    line: lineAt(source, declaration.start),
    endLine: lineAt(source, declaration.end),
    within: source.pathAt(declaration.start, name),
  };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
