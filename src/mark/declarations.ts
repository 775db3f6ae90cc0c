import type { Span } from "../core/edit.ts";
import type { Declaration, DeclarationKind, Part } from "./module.ts";
import { bodyPurity } from "./body-purity.ts";
import { purityOf, type Purity, type PurityContext } from "./purity.ts";
import { isFunctionNode, isNode, localNames, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

const kinds: Readonly<Record<string, DeclarationKind>> = {
  FunctionDeclaration: "function",
  TSDeclareFunction: "function",
  ClassDeclaration: "class",
  VariableDeclaration: "variable",
  TSTypeAliasDeclaration: "type",
  TSInterfaceDeclaration: "interface",
  TSEnumDeclaration: "enum",
  TSModuleDeclaration: "namespace",
  TSImportEqualsDeclaration: "variable",
};

/** Whether a statement declares names at module level. Ambient modules and `declare global` are effects instead. */
export function isDeclaration(node: SyntaxNode): boolean {
  if (node.type === "TSModuleDeclaration") return node["global"] !== true && nodeAt(node, "id")?.type === "Identifier";
  return kinds[node.type] !== undefined;
}

/** The declarations of one statement; `statement` is the export statement around it, or the declaration itself. */
export function readDeclarations(
  node: SyntaxNode,
  statement: SyntaxNode,
  context: PurityContext,
): readonly Declaration[] {
  const exportKeyword = statement === node ? undefined : { start: statement.start, end: node.start };
  const span = { start: statement.start, end: statement.end };
  if (node.type === "VariableDeclaration") return readDeclarators(node, { span, exportKeyword }, context);
  const [name = "default"] = localNames(node);
  const part: Part = exportKeyword === undefined ? { span } : { span, exportKeyword };
  return [
    {
      name,
      kind: kinds[node.type] ?? "default",
      typeOnly: node.type === "TSTypeAliasDeclaration" || node.type === "TSInterfaceDeclaration",
      names: [name],
      parts: [part],
      ...toPurity(
        node.type === "TSModuleDeclaration" ? namespacePurity(node, context) : statementPurity(node, context),
      ),
      pureWhenCalled: isFunctionNode(node) ? bodyPurity(node, context) : null,
    },
  ];
}

type Frame = { readonly span: Span; readonly exportKeyword: Span | undefined };

function readDeclarators(node: SyntaxNode, frame: Frame, context: PurityContext): readonly Declaration[] {
  const declarators = nodesAt(node, "declarations");
  const kind = textAt(node, "kind") ?? "";
  const disposes = kind.includes("using");
  return declarators.map((declarator) => {
    const names = localNames(declarator);
    const init = nodeAt(declarator, "init");
    const single = declarators.length === 1;
    const part: Part = single
      ? { span: frame.span, ...(frame.exportKeyword === undefined ? {} : { exportKeyword: frame.exportKeyword }) }
      : {
          span: { start: declarator.start, end: declarator.end },
          item: { owner: frame.span, size: declarators.length },
        };
    return {
      name: names[0] ?? "",
      kind: "variable" as const,
      typeOnly: false,
      names,
      parts: [part],
      ...toPurity(disposes || names.length === 0 ? null : declaratorPurity(declarator, context)),
      // Only a constant is sure to be still what it started as when it is called.
      pureWhenCalled: isFunctionNode(init) && kind === "const" ? bodyPurity(init, context) : null,
    };
  });
}

/** Taking a value apart evaluates the defaults and computed keys of the pattern. */
function declaratorPurity(declarator: SyntaxNode, context: PurityContext): Purity {
  const parts = [nodeAt(declarator, "init"), ...evaluatedIn(nodeAt(declarator, "id"))];
  const purities = parts.map((part) => purityOf(part, context));
  return purities.includes(null) ? null : purities.flatMap((purity) => purity ?? []);
}

function evaluatedIn(pattern: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (pattern === undefined || pattern.type === "Identifier") return [];
  const own = [
    pattern.type === "AssignmentPattern" ? nodeAt(pattern, "right") : undefined,
    pattern["computed"] === true ? nodeAt(pattern, "key") : undefined,
  ].filter(isNode);
  const inner = ["left", "value", "argument"].map((key) => nodeAt(pattern, key)).filter(isNode);
  const items = [...inner, ...nodesAt(pattern, "properties"), ...nodesAt(pattern, "elements")];
  return [...own, ...items.flatMap(evaluatedIn)];
}

/** A default export without a name of its own. */
export function readDefault(value: SyntaxNode, statement: SyntaxNode, context: PurityContext): Declaration {
  return {
    name: "default",
    kind: "default",
    typeOnly: value.type === "TSInterfaceDeclaration",
    names: ["default"],
    parts: [{ span: { start: statement.start, end: statement.end } }],
    ...toPurity(purityOf(value, context)),
    pureWhenCalled: isFunctionNode(value) ? bodyPurity(value, context) : null,
  };
}

function toPurity(purity: Purity): { readonly pure: boolean; readonly pureIf: readonly string[] } {
  return purity === null ? { pure: false, pureIf: [] } : { pure: true, pureIf: purity };
}

function statementPurity(node: SyntaxNode, context: PurityContext): Purity {
  return node.type === "TSImportEqualsDeclaration" ? [] : purityOf(node, context);
}

function namespacePurity(node: SyntaxNode, context: PurityContext): Purity {
  if (node["declare"] === true) return [];
  const body = nodeAt(node, "body");
  if (body?.type !== "TSModuleBlock") return null;
  const conditions: string[] = [];
  for (const statement of nodesAt(body, "body")) {
    const inner = statement.type === "ExportNamedDeclaration" ? nodeAt(statement, "declaration") : statement;
    const purity = inner === undefined ? [] : innerPurity(inner, context);
    if (purity === null) return null;
    conditions.push(...purity);
  }
  return conditions;
}

function innerPurity(node: SyntaxNode, context: PurityContext): Purity {
  if (node.type !== "VariableDeclaration") return isDeclaration(node) ? purityOf(node, context) : null;
  const purities = nodesAt(node, "declarations").map((declarator) => purityOf(nodeAt(declarator, "init"), context));
  return purities.includes(null) ? null : purities.flatMap((purity) => purity ?? []);
}

/** Joins what one name declares: overloads, an interface with a class, a function with the properties set on it. */
export function mergeByName(declarations: readonly Declaration[]): readonly Declaration[] {
  const merged: Declaration[] = [];
  const byName = new Map<string, number>();
  for (const declaration of declarations) {
    const known = declaration.names.map((name) => byName.get(name)).find((index) => index !== undefined);
    const earlier = known === undefined ? undefined : merged[known];
    const index = known ?? merged.length;
    merged[index] = earlier === undefined ? declaration : join(earlier, declaration);
    for (const name of declaration.names) byName.set(name, index);
  }
  return merged;
}

function join(first: Declaration, second: Declaration): Declaration {
  return {
    ...first,
    kind: first.typeOnly ? second.kind : first.kind,
    typeOnly: first.typeOnly && second.typeOnly,
    names: [...new Set([...first.names, ...second.names])],
    parts: [...first.parts, ...second.parts],
    pure: first.pure && second.pure,
    pureIf: [...first.pureIf, ...second.pureIf],
    pureWhenCalled: second.pureWhenCalled ?? first.pureWhenCalled,
  };
}
