import type { Span } from "../core/edit.ts";
import { lineAt, type LocalDeclaration } from "./module.ts";
import { purityOf, type PurityContext } from "./purity.ts";
import { localNames, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";
import type { Scope } from "./walk.ts";

/** A declaration inside a function, as the walk met it. */
export type SeenLocal = { readonly declaration: SyntaxNode; readonly statement: SyntaxNode; readonly scope: Scope };

type Source = { readonly text: string; readonly lineStarts: readonly number[]; readonly purity: PurityContext };

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
 * can only keep one alive. One whose initialiser may do something stays.
 */
export function collectLocals(
  locals: readonly SeenLocal[],
  names: ReadonlyMap<string, readonly number[]>,
  source: Source,
): readonly LocalDeclaration[] {
  // A direct eval sees every local name.
  if (/\beval\s*\(/.test(source.text)) return [];
  return locals.flatMap((local) =>
    isUnused(local, names) && isDroppable(local, source.purity) ? [describe(local, source)] : [],
  );
}

function isUnused(
  { declaration, statement, scope }: SeenLocal,
  names: ReadonlyMap<string, readonly number[]>,
): boolean {
  const id = nodeAt(declaration, "id");
  const name = id === undefined ? undefined : textAt(id, "name");
  if (id?.type !== "Identifier" || name === undefined) return false;
  const hoists = textAt(statement, "kind") === "var" || declaration.type === "FunctionDeclaration";
  const visible: Span = hoists ? scope.functionNode : scope.node;
  const positions = names.get(name) ?? [];
  const inScope = positions.filter((at) => at >= visible.start && at < visible.end);
  return inScope.every((at) => at >= declaration.start && at < declaration.end);
}

function isDroppable({ declaration, statement }: SeenLocal, purity: PurityContext): boolean {
  if (/using/.test(textAt(statement, "kind") ?? "") || statement["declare"] === true) return false;
  const value = declaration.type === "VariableDeclarator" ? nodeAt(declaration, "init") : declaration;
  const result = purityOf(value, purity);
  return result !== null && result.length === 0;
}

function describe({ declaration, statement, scope }: SeenLocal, source: Source): LocalDeclaration {
  const size = statement.type === "VariableDeclaration" ? nodesAt(statement, "declarations").length : 1;
  const whole: Span = { start: statement.start, end: statement.end };
  const own: Span = { start: declaration.start, end: declaration.end };
  const kind = localKinds[declaration.type] ?? "variable";
  return {
    name: localNames(declaration)[0] ?? "",
    kind,
    span: size === 1 ? whole : own,
    ...(size === 1 ? {} : { item: { owner: whole, size } }),
    line: lineAt(source, own.start),
    endLine: lineAt(source, own.end),
    within: scope.path,
  };
}
