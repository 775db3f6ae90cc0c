import type { ExportEntry, ImportStatement, ModuleReference, Use } from "./module.ts";
import { purityOf, type PurityContext } from "./purity.ts";
import type { Draft } from "./read-statements.ts";
import { children, isNode, nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";

/*
 * CommonJS by name, where the shape is plain: `exports.a = …` and `module.exports.a = …`, or one `module.exports = { a, b }`,
 * and nothing else that touches `exports` or `module.exports`. In any other module all exports are used together.
 */

/** Reads the statements that export something, and returns which they were; none when the shape is not plain. */
export function readCommonJs(
  body: readonly SyntaxNode[],
  draft: Draft,
  context: PurityContext,
): ReadonlySet<SyntaxNode> {
  if (!/\bexports\b/.test(context.text)) return new Set();
  const found = body.flatMap((statement) => exportIn(statement) ?? []);
  if (!isPlain(found, body)) return new Set();
  for (const one of found) {
    if (one.kind === "name") readNamed(one, draft, context);
    else readObject(one, draft, context);
  }
  return new Set(found.map(({ statement }) => statement));
}

function isPlain(found: readonly CommonJsExport[], body: readonly SyntaxNode[]): boolean {
  const isOneObject = found.length === 1 && found[0]?.kind === "object";
  if (found.length === 0 || (!isOneObject && found.some(({ kind }) => kind === "object"))) return false;
  if (body.some(({ type }) => /^(Import|Export|TSExport|TSImportEq)/.test(type))) return false;
  const names = found.flatMap((one) => (one.kind === "name" ? [one.name] : one.properties.map(nameOfProperty)));
  const isWrittenOut = names.every((name) => name !== undefined && name !== "default" && name !== "__esModule");
  return isWrittenOut && new Set(names).size === names.length && countMentions(body) === found.length;
}

type CommonJsExport =
  | {
      readonly kind: "name";
      readonly statement: SyntaxNode;
      readonly name: string;
      readonly value: SyntaxNode;
    }
  | { readonly kind: "object"; readonly statement: SyntaxNode; readonly properties: readonly SyntaxNode[] };

function exportIn(statement: SyntaxNode): CommonJsExport | undefined {
  const assignment = nodeAt(statement, "expression");
  if (assignment?.type !== "AssignmentExpression" || textAt(assignment, "operator") !== "=") return undefined;
  const left = nodeAt(assignment, "left");
  const value = nodeAt(assignment, "right");
  if (value === undefined) return undefined;
  if (isModuleExports(left) && value.type === "ObjectExpression")
    return { kind: "object", statement, properties: nodesAt(value, "properties") };
  const name = exportedName(left);
  return name === undefined ? undefined : { kind: "name", statement, name, value };
}

/** `a` of `exports.a` and `module.exports.a`. */
function exportedName(left: SyntaxNode | undefined): string | undefined {
  if (left?.type !== "MemberExpression" || left["computed"] === true) return undefined;
  const holder = nodeAt(left, "object");
  const isExports = isModuleExports(holder) || (holder?.type === "Identifier" && spelling(holder) === "exports");
  return isExports ? spelling(nodeAt(left, "property")) : undefined;
}

function isModuleExports(node: SyntaxNode | undefined): boolean {
  return (
    node?.type === "MemberExpression" &&
    node["computed"] !== true &&
    spelling(nodeAt(node, "object")) === "module" &&
    spelling(nodeAt(node, "property")) === "exports"
  );
}

function nameOfProperty(property: SyntaxNode): string | undefined {
  return property.type === "Property" && property["computed"] !== true ? spelling(nodeAt(property, "key")) : undefined;
}

/** How often syntax names `exports`, or `module` for more than its identity. */
function countMentions(nodes: readonly SyntaxNode[]): number {
  return nodes.reduce((sum, node) => sum + (isMention(node) ? 1 : countMentions(mentionable(node))), 0);
}

function isMention(node: SyntaxNode): boolean {
  return node.type === "Identifier" && /^(exports|module)$/.test(textAt(node, "name") ?? "");
}

/** The parts of a node in which a name is that of a variable, and one that matters. */
function mentionable(node: SyntaxNode): readonly SyntaxNode[] {
  const only = (...keys: readonly string[]) => keys.map((key) => nodeAt(node, key)).filter(isNode);
  if (node["computed"] !== true && /^(Property|MethodDefinition|PropertyDefinition)$/.test(node.type))
    return only("value");
  // `require.main === module` asks who was started.
  if (node.type === "BinaryExpression") return only("left", "right").filter((side) => spelling(side) !== "module");
  if (node.type !== "MemberExpression" || node["computed"] === true) return children(node);
  const isIdentity = /^(parent|id|filename|paths|hot)$/.test(spelling(nodeAt(node, "property")) ?? "");
  return isIdentity && spelling(nodeAt(node, "object")) === "module" ? [] : only("object");
}

function readNamed(
  { statement, name, value }: Extract<CommonJsExport, { readonly kind: "name" }>,
  draft: Draft,
  context: PurityContext,
): void {
  const span = { start: statement.start, end: statement.end };
  const local = value.type === "Identifier" ? spelling(value) : undefined;
  if (local !== undefined && context.declared.has(local)) {
    draft.exports.push(entryOf(name, local, { span, owner: span, size: 1 }));
    return;
  }
  draft.walked.push(value);
  draft.exports.push(entryOf(name, name));
  const purity = purityOf(value, context);
  // A name that is declared as well is something else.
  if (purity === null || context.declared.has(name)) draft.effects.push({ span, pureIf: [] });
  else
    draft.declarations.push({
      name,
      kind: "variable",
      typeOnly: false,
      names: [name],
      parts: [{ span }],
      pure: true,
      pureIf: purity,
      pureWhenCalled: null,
    });
}

/** The object is made when the file is loaded; what it only names can leave it. */
function readObject(
  { statement, properties }: Extract<CommonJsExport, { readonly kind: "object" }>,
  draft: Draft,
  context: PurityContext,
): void {
  const owner = { start: statement.start, end: statement.end };
  draft.effects.push({ span: owner, pureIf: [] });
  for (const property of properties) {
    const name = nameOfProperty(property) ?? "";
    const value = nodeAt(property, "value");
    const local = value?.type === "Identifier" ? spelling(value) : undefined;
    if (local !== undefined && context.declared.has(local)) {
      const span = { start: property.start, end: property.end };
      draft.exports.push(entryOf(name, local, { span, owner, size: properties.length }));
      continue;
    }
    // Nothing is declared by that name, so the entry stands for a part of the object, which stays.
    draft.exports.push(entryOf(name, ""));
    if (value !== undefined) draft.walked.push(value);
  }
}

function entryOf(name: string, local: string, site?: ExportEntry["site"]): ExportEntry {
  return { name, source: { kind: "local", local }, typeOnly: false, ...(site === undefined ? {} : { site }) };
}

/** What a module takes of those that it requires, by the position of the call: names, or the variable that holds all. */
type Required = ReadonlyMap<number, { readonly names: readonly string[] } | { readonly local: string }>;

function findRequired(body: readonly SyntaxNode[]): Required {
  const required = new Map<number, { readonly names: readonly string[] } | { readonly local: string }>();
  const declarators = body.flatMap((statement) =>
    statement.type === "VariableDeclaration" ? nodesAt(statement, "declarations") : [],
  );
  for (const declarator of declarators) {
    const init = nodeAt(declarator, "init");
    const id = nodeAt(declarator, "id");
    if (init?.type !== "CallExpression" || spelling(nodeAt(init, "callee")) !== "require") continue;
    if (id?.type === "Identifier") required.set(init.start, { local: spelling(id) ?? "" });
    if (id?.type !== "ObjectPattern") continue;
    const names = nodesAt(id, "properties").map(nameOfProperty);
    if (names.every((name) => name !== undefined)) required.set(init.start, { names });
  }
  return required;
}

/**
 * Says what `require` takes where that is written out: the names of a pattern, or those read from the variable when it is
 * used for nothing else.
 */
export function narrowRequires(
  references: readonly ModuleReference[],
  module: {
    readonly body: readonly SyntaxNode[];
    readonly uses: readonly Use[];
    readonly exports: readonly ExportEntry[];
    readonly statements: readonly ImportStatement[];
  },
): readonly ModuleReference[] {
  if (!references.some(({ kind }) => kind === "require")) return references;
  const required = findRequired(module.body);
  return references.map((reference) => {
    const taken = reference.kind === "require" ? required.get(reference.at) : undefined;
    if (taken === undefined) return reference;
    const members = "names" in taken ? taken.names : membersOf(taken.local, module);
    return members === undefined ? reference : { ...reference, members };
  });
}

function membersOf(
  local: string,
  { uses, exports }: { readonly uses: readonly Use[]; readonly exports: readonly ExportEntry[] },
): readonly string[] | undefined {
  if (exports.some(({ source }) => source.kind === "local" && source.local === local)) return undefined;
  const members = uses.flatMap(({ name, member }) => (name === local ? [member] : []));
  return members.every((member) => member !== undefined) ? [...new Set(members)] : undefined;
}
