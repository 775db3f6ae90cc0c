import type { Span } from "../core/edit.ts";
import { boundNames, eachChild, isFunctionNode, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

/*
 * Which names a piece of code gives to its own things, and which it takes from outside. A name is its own when every place
 * that spells it lies in a scope that binds it. Scopes are taken too small rather than too large (a `var` belongs to its
 * block here), so that a name in doubt counts as taken from outside, where it has to mean the same thing in both copies.
 */

/** The names of a piece of code, each list in the order in which they first occur. */
export type CodeNames = {
  /** Only the code itself knows them: they may be called anything else. */
  readonly own: readonly string[];
  readonly outer: readonly string[];
  /** Of the outer ones those that the code also binds somewhere: their spelling matters too. */
  readonly mixed: ReadonlySet<string>;
};

type Scopes = readonly Span[];
type Book = { readonly uses: Map<string, number[]>; readonly bindings: Map<string, Span[]> };

/** Looks at every name of a declaration or initialiser; what the root itself is called is not bound in it. */
export function readCodeNames(root: SyntaxNode): CodeNames {
  const book: Book = { uses: new Map(), bindings: new Map() };
  visit(root, { parent: undefined, key: "", scopes: [] }, book);
  const isOwn = (name: string) => {
    const scopes = book.bindings.get(name) ?? [];
    return book.uses.get(name)?.every((at) => scopes.some(({ start, end }) => at >= start && at < end)) === true;
  };
  const names = [...book.uses.keys()];
  const own = names.filter(isOwn);
  const outer = names.filter((name) => !isOwn(name));
  return { own, outer, mixed: new Set(outer.filter((name) => book.bindings.has(name))) };
}

type Position = { readonly parent: SyntaxNode | undefined; readonly key: string; readonly scopes: Scopes };

function visit(node: SyntaxNode, { parent, key, scopes }: Position, book: Book): void {
  const name = referenceName(node, parent, key);
  if (name !== undefined) put(book.uses, name, node.start);
  const isRoot = parent === undefined;
  const inner = isScope(node) ? [...scopes, { start: node.start, end: node.end }] : scopes;
  for (const { pattern, scope } of boundBy(node, { outer: scopes.at(-1), inner: inner.at(-1), isRoot, parent }))
    for (const bound of boundNames(pattern)) put(book.bindings, textAt(bound, "name") ?? "", scope ?? nowhere);
  eachNamedChild(node, (child, childKey) => {
    visit(child, { parent: node, key: childKey, scopes: inner }, book);
  });
}

/** A scope that holds nothing: what is bound in it is never taken for the code's own. */
const nowhere: Span = { start: 0, end: 0 };

/** Calls back for each child with the name of the property that it stands under. */
function eachNamedChild(node: SyntaxNode, call: (child: SyntaxNode, key: string) => void): void {
  for (const key in node) {
    const value = node[key];
    if (typeof value !== "object" || value === null) continue;
    eachChild({ type: "", start: 0, end: 0, value }, (child) => {
      call(child, key);
    });
  }
}

/** The name that a node spells as a reference or a binding; undefined for keys, labels and everything else. */
export function referenceName(node: SyntaxNode, parent: SyntaxNode | undefined, key: string): string | undefined {
  if (node.type !== "Identifier" && node.type !== "JSXIdentifier") return undefined;
  const name = textAt(node, "name");
  if (parent === undefined || name === undefined) return name;
  if (isBareKey(parent, key)) return undefined;
  const isElement = node.type === "JSXIdentifier" && parent.type !== "JSXMemberExpression";
  return isElement && /^[a-z]/.test(name) ? undefined : name;
}

/** Where an identifier is a word and no name. */
const bareKeys: ReadonlySet<string> = new Set([
  "TSEnumMember.id",
  "TSQualifiedName.right",
  "JSXMemberExpression.property",
  "JSXAttribute.name",
  "JSXNamespacedName.namespace",
  "JSXNamespacedName.name",
  "LabeledStatement.label",
  "BreakStatement.label",
  "ContinueStatement.label",
  "MetaProperty.meta",
  "MetaProperty.property",
  "TSNamedTupleMember.label",
]);

function isBareKey(parent: SyntaxNode, key: string): boolean {
  if (bareKeys.has(`${parent.type}.${key}`)) return true;
  const isMember = (parent.type === "MemberExpression" && key === "property") || key === "key";
  // The key of a mapped type is a name that the type binds.
  return isMember && parent["computed"] !== true && parent.type !== "TSMappedType";
}

const scopeTypes: ReadonlySet<string> = new Set([
  "BlockStatement",
  "StaticBlock",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "SwitchStatement",
  "CatchClause",
  "ClassDeclaration",
  "ClassExpression",
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "TSMappedType",
  "TSIndexSignature",
]);

const signatureTypes: ReadonlySet<string> = new Set([
  "TSFunctionType",
  "TSConstructorType",
  "TSMethodSignature",
  "TSCallSignatureDeclaration",
  "TSConstructSignatureDeclaration",
  "TSDeclareFunction",
  "TSEmptyBodyFunctionExpression",
]);

function isScope(node: SyntaxNode): boolean {
  return scopeTypes.has(node.type) || signatureTypes.has(node.type) || isFunctionNode(node);
}

type Around = {
  readonly outer: Span | undefined;
  readonly inner: Span | undefined;
  readonly isRoot: boolean;
  readonly parent: SyntaxNode | undefined;
};
type Bound = { readonly pattern: SyntaxNode | undefined; readonly scope: Span | undefined };

/** Where each kind of node has what it binds, and in which scope it does; the root is bound outside of the code. */
const binders: Readonly<
  Record<string, readonly { readonly key: string; readonly scope: "outer" | "inner" | "unsure" }[]>
> = {
  FunctionDeclaration: [
    { key: "id", scope: "outer" },
    { key: "params", scope: "inner" },
  ],
  FunctionExpression: [
    { key: "id", scope: "inner" },
    { key: "params", scope: "inner" },
  ],
  ArrowFunctionExpression: [{ key: "params", scope: "inner" }],
  ClassDeclaration: [{ key: "id", scope: "outer" }],
  ClassExpression: [{ key: "id", scope: "inner" }],
  TSTypeAliasDeclaration: [{ key: "id", scope: "outer" }],
  TSInterfaceDeclaration: [{ key: "id", scope: "outer" }],
  VariableDeclarator: [{ key: "id", scope: "outer" }],
  CatchClause: [{ key: "param", scope: "inner" }],
  TSMappedType: [{ key: "key", scope: "inner" }],
  TSIndexSignature: [{ key: "parameters", scope: "inner" }],
  TSTypeParameter: [{ key: "name", scope: "inner" }],
  TSEnumDeclaration: [{ key: "id", scope: "unsure" }],
  TSModuleDeclaration: [{ key: "id", scope: "unsure" }],
  ...Object.fromEntries([...signatureTypes].map((type) => [type, [{ key: "params", scope: "inner" }]])),
};

/** The patterns that a node binds, each with the scope in which it does. */
function boundBy(node: SyntaxNode, { outer, inner, isRoot, parent }: Around): readonly Bound[] {
  return (binders[node.type] ?? []).flatMap(({ key, scope }) => {
    if (isRoot && scope === "outer") return [];
    // What `infer` names is known in one branch only.
    const isUnsure = scope === "unsure" || parent?.type === "TSInferType";
    const where = isUnsure ? undefined : scope === "outer" ? outer : inner;
    return [nodeAt(node, key), ...nodesAt(node, key)].map((pattern) => ({ pattern, scope: where }));
  });
}

function put<Item>(table: Map<string, Item[]>, name: string, item: Item): void {
  const items = table.get(name);
  if (items === undefined) table.set(name, [item]);
  else items.push(item);
}
