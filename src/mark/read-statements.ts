import type { Span } from "../core/edit.ts";
import { isDeclaration, readDeclarations, readDefault } from "./declarations.ts";
import type { Declaration, Effect, ExportEntry, ImportBinding, ImportStatement, StarExport } from "./module.ts";
import type { PurityContext } from "./purity.ts";
import { localNames, nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";

/** What is gathered while the statements of a file are read one by one. */
export type Draft = {
  readonly declarations: Declaration[];
  readonly attached: { readonly name: string; readonly span: Span; readonly pureIf: readonly string[] }[];
  readonly effects: Effect[];
  readonly imports: ImportBinding[];
  readonly statements: ImportStatement[];
  readonly exports: ExportEntry[];
  readonly stars: StarExport[];
  readonly walked: SyntaxNode[];
};

/** Reads an import declaration. */
export function readImport(statement: SyntaxNode, draft: Draft): void {
  const specifier = spelling(nodeAt(statement, "source")) ?? "";
  const typeOnly = textAt(statement, "importKind") === "type";
  const specifiers = nodesAt(statement, "specifiers");
  const index = draft.statements.length;
  draft.statements.push({ specifier, span: spanOf(statement), typeOnly, size: specifiers.length, kind: "import" });
  for (const node of specifiers) {
    const local = spelling(nodeAt(node, "local")) ?? "";
    const imported =
      node.type === "ImportNamespaceSpecifier"
        ? "*"
        : node.type === "ImportDefaultSpecifier"
          ? "default"
          : (spelling(nodeAt(node, "imported")) ?? local);
    draft.imports.push({
      local,
      imported,
      specifier,
      typeOnly: typeOnly || textAt(node, "importKind") === "type",
      span: spanOf(node),
      statement: index,
    });
  }
}

/** Reads `import name = …`. */
export function readImportEquals(node: SyntaxNode, statement: SyntaxNode, draft: Draft, context: PurityContext): void {
  const reference = nodeAt(node, "moduleReference");
  const specifier =
    reference?.type === "TSExternalModuleReference" ? spelling(nodeAt(reference, "expression")) : undefined;
  const local = spelling(nodeAt(node, "id")) ?? "";
  if (specifier === undefined || statement !== node) {
    draft.walked.push(node);
    draft.declarations.push(...readDeclarations(node, statement, context));
    if (specifier !== undefined)
      draft.statements.push({ specifier, span: spanOf(statement), typeOnly: false, size: 0, kind: "equals" });
    return;
  }
  const index = draft.statements.length;
  draft.statements.push({ specifier, span: spanOf(node), typeOnly: false, size: 1, kind: "equals" });
  draft.imports.push({ local, imported: "*", specifier, typeOnly: false, span: spanOf(node), statement: index });
}

/** Reads an export of a declaration, a list or another module’s names. */
export function readNamedExport(statement: SyntaxNode, draft: Draft, context: PurityContext): void {
  const declaration = nodeAt(statement, "declaration");
  const typeOnly = textAt(statement, "exportKind") === "type";
  if (declaration !== undefined) {
    if (declaration.type === "TSImportEqualsDeclaration") readImportEquals(declaration, statement, draft, context);
    else {
      draft.walked.push(declaration);
      draft.declarations.push(...readDeclarations(declaration, statement, context));
    }
    for (const name of declaredNames(declaration))
      draft.exports.push({ name, source: { kind: "local", local: name }, typeOnly });
    return;
  }
  const source = spelling(nodeAt(statement, "source"));
  const specifiers = nodesAt(statement, "specifiers");
  if (source !== undefined)
    draft.statements.push({
      specifier: source,
      span: spanOf(statement),
      typeOnly,
      size: specifiers.length,
      kind: "export",
    });
  for (const node of specifiers) {
    const local = spelling(nodeAt(node, "local")) ?? "";
    draft.exports.push({
      name: spelling(nodeAt(node, "exported")) ?? local,
      source: source === undefined ? { kind: "local", local } : { kind: "from", specifier: source, imported: local },
      typeOnly: typeOnly || textAt(node, "exportKind") === "type",
      site: { span: spanOf(node), owner: spanOf(statement), size: specifiers.length },
    });
  }
}

/** Reads a default export. */
export function readDefaultExport(statement: SyntaxNode, draft: Draft, context: PurityContext): void {
  const value = nodeAt(statement, "declaration");
  if (value === undefined) return;
  const name = value.type === "Identifier" ? textAt(value, "name") : spelling(nodeAt(value, "id"));
  const known = name !== undefined && (context.declared.has(name) || context.imported.has(name));
  const site = { span: spanOf(statement), owner: spanOf(statement), size: 1 };
  if (value.type === "Identifier" && known) {
    draft.exports.push({ name: "default", source: { kind: "local", local: name }, typeOnly: false, site });
    return;
  }
  draft.walked.push(value);
  const isNamed = name !== undefined && value.type !== "Identifier" && isDeclaration(value);
  draft.declarations.push(
    ...(isNamed ? readDeclarations(value, statement, context) : [readDefault(value, statement, context)]),
  );
  draft.exports.push({
    name: "default",
    source: { kind: "local", local: isNamed ? name : "default" },
    typeOnly: false,
  });
}

/** Reads `export * from`, with or without a name. */
export function readExportAll(statement: SyntaxNode, draft: Draft): void {
  const specifier = spelling(nodeAt(statement, "source")) ?? "";
  const typeOnly = textAt(statement, "exportKind") === "type";
  const exported = spelling(nodeAt(statement, "exported"));
  const span = spanOf(statement);
  draft.statements.push({ specifier, span, typeOnly, size: 1, kind: exported === undefined ? "star" : "export" });
  if (exported === undefined) draft.stars.push({ specifier, span, typeOnly });
  else
    draft.exports.push({
      name: exported,
      source: { kind: "from", specifier, imported: "*" },
      typeOnly,
      site: { span, owner: span, size: 1 },
    });
}

/** The names that a declaration statement binds. */
function declaredNames(declaration: SyntaxNode): readonly string[] {
  if (declaration.type !== "VariableDeclaration") return localNames(declaration);
  return nodesAt(declaration, "declarations").flatMap(localNames);
}

function spanOf(node: SyntaxNode): Span {
  return { start: node.start, end: node.end };
}
